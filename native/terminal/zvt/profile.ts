import generic from './profiles/generic.json' with { type: 'json' }

/** Time limits of PA00P016 and of ours, ms. */
export interface ZvtTimers {
  /** T1: between two bytes of a frame. */
  readonly gapMs: number
  /** T2: frame sent → ACK. */
  readonly ackMs: number
  /** T3: command → 80 00. */
  readonly answerMs: number
  /** T4: 80 00 → completion; each message of the terminal starts it anew. */
  readonly completionMs: number
  /** Between two questions to a terminal that says "please wait". */
  readonly pollMs: number
}

/** What differs between terminals: data, a file a model. */
export interface ZvtProfile {
  readonly id: string
  readonly model: string
  /** Six digits; the acquirer gives it out. */
  readonly password: string
  readonly registration: {
    /** Config byte: 02 we print payment slips, 04 admin slips, 08 send 04 FF, 10 payments start only here, 20 admin starts only here, 80 the terminal lays slips out. */
    readonly config: number
    /** Tells the terminal that print blocks (06 D3) are understood. */
    readonly acceptsBlocks: boolean
  }
  /** ISO 4217, VND is 704. */
  readonly currency: number
  /** Of texts that don't say theirs. */
  readonly charset: string
  /** Where the address doesn't say. */
  readonly stopBits: number
  readonly timers: ZvtTimers
}

export const zvtProfiles: readonly ZvtProfile[] = [generic]

/** The profile with this id, or null. */
export function findZvtProfile(id: string): ZvtProfile | null {
  return zvtProfiles.find((profile) => profile.id === id) ?? null
}
