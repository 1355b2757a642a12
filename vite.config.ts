import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the screens into dist/renderer, one HTML page a screen, nothing fetched from outside. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    rollupOptions: {
      input: Object.fromEntries(
        ['kiosk', 'counter', 'board', 'touchpad', 'supervisor', 'follow'].map((page) => [page, `renderer/${page}.html`]),
      ),
    },
  },
})
