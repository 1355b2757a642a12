import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{main,preload,native,renderer,central,build}/**/*.test.{ts,tsx}', 'test/{scenarios,lint,start,durability,fuzz,simulation}/**/*.test.ts'],
    // Most of a test's time is waiting (for processes, sockets, disks), so that there is room for one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    // Generous: a machine may be busy with other things, and what is proved is in what happens, not in how soon.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    reporters: ['default'],
  },
})
