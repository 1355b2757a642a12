import tmT82 from './profiles/epson-tm-t82.json' with { type: 'json' }
import tmT88 from './profiles/epson-tm-t88.json' with { type: 'json' }
import generic58 from './profiles/generic-58.json' with { type: 'json' }
import generic80 from './profiles/generic-80.json' with { type: 'json' }
import xp80 from './profiles/xprinter-xp-80.json' with { type: 'json' }

/** What a model can and what its numbers mean: data, so that a new model is a new file under `profiles/` and no new code. */
export interface PrinterProfile {
  /** Begins with the vendor: `epson-tm-t82`. */
  readonly id: string
  readonly vendor: string
  readonly model: string
  /** Width of the paper roll. */
  readonly widthMm: number
  /** Printable dots of a line and their density. */
  readonly dots: number
  readonly dpi: number
  /** Characters of font A (12 dots) in a line. */
  readonly columns: number
  /** Numbers for `ESC t` that this model knows; vendors number pages differently under the same names. */
  readonly codePages: readonly number[]
  /** Pages that hold TCVN-3 letters byte for byte, or null: then Vietnamese lines are sent as pictures. */
  readonly tcvn: { readonly lower: number; readonly upper: number } | null
  readonly status: {
    /** Answers `10 04 n` at any time. */
    readonly dleEot: boolean
    /** Reports each change by itself after `1D 61 FF`. */
    readonly asb: boolean
    /** Answers `1D 28 48` when everything before it is on paper: the proof of printing. */
    readonly processId: boolean
    /** Answers `1D 72 1` when everything before it was taken out of the buffer: weaker. */
    readonly paperAnswer: boolean
  }
  readonly cutter: string | null
  /** Has a socket for a cash drawer. */
  readonly drawer: boolean
  /** How it is told to beep: `1B 28 41` function 48, `1B 42`, or not at all (an unknown command would come out as letters). */
  readonly beeper: string | null
  /** Keeps pictures by key (`1D 28 4C` functions 64, 67, 69). */
  readonly nvGraphics: boolean
  /** Draws QR codes (`1D 28 6B`) and Code 128 (`1D 6B 49`) itself. */
  readonly symbols: boolean
  /** Takes `1D 50` (size of a feed step); others feed whole dots. */
  readonly motionUnit: boolean
  /** Paper speed, cautious: used for how long a proof may take. */
  readonly mmPerSecond: number
}

/** All shipped profiles, best known first. */
export const printerProfiles: readonly PrinterProfile[] = [tmT82, tmT88, xp80, generic80, generic58]

/** The profile with this id, or null. */
export function findProfile(id: string): PrinterProfile | null {
  return printerProfiles.find((profile) => profile.id === id) ?? null
}
