import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{main,preload,native,renderer,central,build}/**/*.test.{ts,tsx}', 'test/{scenarios,lint,start,durability,fuzz,simulation}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
})
