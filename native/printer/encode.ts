import { designSlip } from './design.ts'
import type { PrinterProfile } from './profile.ts'
import { feedDots, rasterBytes } from './raster.ts'
import type { Slip } from './slip.ts'
import { textSlip } from './text.ts'

/** `designed` draws the whole slip (fast lines), `text` spells it (serial lines). */
export type Rendering = 'designed' | 'text'

/**
 * How every job begins: reset, leave Kanji mode (Chinese firmware reads high bytes as Chinese otherwise), reports on (a reset may switch them off), a feed
 * step of one dot where the model can be told.
 */
export function jobHead(profile: PrinterProfile): Uint8Array {
  const unit = profile.motionUnit ? [0x1d, 0x50, profile.dpi, profile.dpi] : []
  const reports = profile.status.asb ? [0x1d, 0x61, 0xff] : []
  return Uint8Array.from([0x1b, 0x40, 0x1c, 0x2e, ...reports, ...unit])
}

/** Feed to the knife and cut as this model can; without a knife, feed to the tear bar. */
export function cutBytes(profile: PrinterProfile): Uint8Array {
  const feed = [0x1b, 0x64, 4]
  if (!profile.cutter) return Uint8Array.from(feed)
  return Uint8Array.from([...feed, 0x1d, 0x56, profile.cutter === 'full' ? 0 : 1])
}

/** Which pin of the drawer's socket is pulled; `none`: no drawer hangs on this printer. */
export type Drawer = 'none' | 'pin2' | 'pin5'

/** `1B 70`: 50 ms on, 500 ms off (in steps of 2 ms); leaving the times out makes a printer eat the next two bytes. */
export const drawerBytes = (drawer: Drawer): Uint8Array => (drawer === 'none' ? new Uint8Array() : Uint8Array.of(0x1b, 0x70, drawer === 'pin5' ? 1 : 0, 0x19, 0xfa))

/** Two short beeps as this model understands them; empty where it has no beeper. */
export function beepBytes(profile: PrinterProfile): Uint8Array {
  if (profile.beeper === 'esc-b') return Uint8Array.of(0x1b, 0x42, 2, 3)
  return profile.beeper === 'esc-paren-a' ? Uint8Array.of(0x1b, 0x28, 0x41, 4, 0, 0x30, 0x31, 2, 3) : new Uint8Array()
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** What is known of this very printer, beyond its model. */
export interface Attached {
  /** Default `pin2`: a pulse without a drawer does nothing. */
  readonly drawer?: Drawer
  /** Key of the slip's logo in the printer's memory; default null: it goes as a picture. */
  readonly storedLogo?: string | null
}

/** The bytes of a slip for a model, ready to be sent. */
export function encodeSlip(slip: Slip, profile: PrinterProfile, rendering: Rendering, { drawer: pin = 'pin2', storedLogo = null }: Attached = {}): Uint8Array {
  const body = rendering === 'text' ? [textSlip(slip, profile, storedLogo)] : rasterBytes(designSlip(slip, profile.dots))
  const drawer = profile.drawer && slip.blocks.some((block) => block.kind === 'drawer') ? [drawerBytes(pin)] : []
  const end = slip.blocks.some((block) => block.kind === 'cut') ? [cutBytes(profile)] : []
  return joined([jobHead(profile), ...drawer, ...body, ...(rendering === 'text' && end.length > 0 ? [feedDots(8)] : []), ...end])
}
