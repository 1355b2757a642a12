import react from '@vitejs/plugin-react'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { makeDigitsFonts } from './build/make-digits-font.ts'

/** Makes the digits-only cut of the font before anything asks for it; see build/make-digits-font.ts. */
const digitsFont: Plugin = {
  name: 'digits-font',
  config: () => makeDigitsFonts(join(import.meta.dirname, 'renderer/fonts/generated')),
}

/** Builds the screens into dist/renderer, one HTML page a screen, nothing fetched from outside. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [digitsFont, react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    rollupOptions: {
      input: Object.fromEntries(
        ['kiosk', 'counter', 'board', 'touchpad', 'supervisor', 'follow', 'pair'].map((page) => [page, join(import.meta.dirname, `renderer/${page}.html`)]),
      ),
    },
  },
})
