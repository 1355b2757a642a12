import { z } from 'zod'
import type { DeviceView } from './shared.ts'

/** What can be tried with one press: a slip, the cash drawer, the beeper, or an answer (the terminal's state, the next code at the scanner). */
export const deviceTest = z.enum(['print', 'drawer', 'beep', 'echo'])
export type DeviceTest = z.infer<typeof deviceTest>

/** One device as the technician sees it. */
export interface DeviceReport extends DeviceView {
  /** `printer`, `backup-printer`, `scanner`, `terminal`, `chip-reader`. */
  readonly id: string
  /** As configured; null for a simulated one. */
  readonly address: string | null
  /** Where its USB identity leads today; null when the address says it itself or nothing is there. */
  readonly path: string | null
  /** Maker, model and version in the device's own words; null while it hasn't told. */
  readonly firmware: string | null
  /** The last thing that was wrong since the start: a catalogue key under `device.`, and when (epoch ms). */
  readonly lastError: { readonly code: string; readonly at: number } | null
  readonly tests: readonly DeviceTest[]
}

/** What came of a test. `outcome` of a print as for slips, else `ok` or `failed`; `reason` a key under `slip.`, `device.` or `scan.`. */
export interface DeviceTestOutcome {
  readonly outcome: 'printed' | 'sent' | 'unknown' | 'failed' | 'ok'
  readonly reason: string | null
}

/** A port in which something sits that no device of the configuration uses. */
export interface FreePort {
  readonly path: string
  readonly address: string
  readonly maker: string | null
}

export interface SelfTestView {
  readonly devices: readonly DeviceReport[]
  readonly freePorts: readonly FreePort[]
}
