import { writeFileSync } from 'node:fs'

/** Loaded into a measured process (`--import`, `--expose-gc`): at SIGUSR2 it collects garbage and writes the bytes that are left. */
const file = process.env['MOTCUA_HEAP_FILE']
const gc = (globalThis as { readonly gc?: () => void }).gc
if (file && gc) {
  process.on('SIGUSR2', () => {
    gc()
    gc()
    writeFileSync(file, String(process.memoryUsage().heapUsed))
  })
}
