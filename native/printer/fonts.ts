import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { GlobalFonts } from '@napi-rs/canvas'

/** Weights that slips use: nothing thinner survives a thermal head. */
export type Weight = 600 | 700 | 800

const files: Readonly<Record<Weight, string>> = {
  600: '600SemiBold/BeVietnamPro_600SemiBold.ttf',
  700: '700Bold/BeVietnamPro_700Bold.ttf',
  800: '800ExtraBold/BeVietnamPro_800ExtraBold.ttf',
}
let ready = false

/** Makes Be Vietnam Pro known to the canvas, once a process, from the npm package: no font of the system is needed. */
export function registerSlipFonts(): void {
  if (ready) return
  for (const weight of [600, 700, 800] as const) {
    const path = fileURLToPath(import.meta.resolve(`@expo-google-fonts/be-vietnam-pro/${files[weight]}`))
    if (!GlobalFonts.register(readFileSync(path), `Slip ${weight}`)) throw new Error(`font not usable: ${path}`)
  }
  ready = true
}

/** The canvas name of a font. */
export function fontName(size: number, weight: Weight): string {
  return `${size}px "Slip ${weight}"`
}
