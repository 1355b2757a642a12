import { setTimeout as sleep } from 'node:timers/promises'
import { newCode, pairingKey, proofOf, readCode, sameProof } from './pairing-code.ts'

/** What the machine that uses the code becomes. */
export interface Purpose {
  readonly kind: 'counter' | 'kiosk' | 'board' | 'touchpad' | 'spare'
  /** Of a counter or its touchpad, else null. */
  readonly counter: number | null
}

export interface OpenCode {
  readonly code: string
  readonly purpose: Purpose
  /** Epoch ms. */
  readonly expiresAt: number
}

/** Why a machine that knows the code can't use it as it is. */
export type Unfit = 'not-a-screen' | 'not-a-station' | 'name-taken'

/** `wrong`: not this code. `closed`: none is open, it is over, or too many were wrong. */
export type Claimed = { readonly ok: true; readonly purpose: Purpose; readonly key: Buffer } | { readonly ok: false; readonly reason: 'wrong' | 'closed' | Unfit }

const lifeMs = 10 * 60_000
const mostWrong = 5
/** The answer to a wrong code waits this long, doubled with each: 1, 2, 4 … s. */
const delayMs = 1_000

/** The one-time code that is shown at the hub: one at a time, ten minutes, five tries. */
export class PairingDesk {
  readonly #fingerprint: string
  readonly #now: () => number
  readonly #changed: () => void
  #open: OpenCode | null = null
  /** When it was opened, by a clock that nobody sets. */
  #openedTick = 0
  #key: Promise<Buffer> | null = null
  #wrong = 0

  constructor(fingerprint: string, now: () => number, changed: () => void) {
    this.#fingerprint = fingerprint
    this.#now = now
    this.#changed = changed
  }

  /** Shows a new code; the one before is over. */
  open(purpose: Purpose): OpenCode {
    this.#open = { code: newCode(), purpose, expiresAt: this.#now() + lifeMs }
    this.#openedTick = performance.now()
    this.#key = pairingKey(this.#open.code, this.#fingerprint)
    this.#wrong = 0
    this.#changed()
    return this.#open
  }

  close(): void {
    this.#open = null
    this.#key = null
    this.#changed()
  }

  current(): OpenCode | null {
    // Over as it was said, and over when the clock was set back meanwhile.
    const isOver = !this.#open || this.#now() >= this.#open.expiresAt || performance.now() - this.#openedTick >= lifeMs
    return isOver ? null : this.#open
  }

  /** A browser's code, as it was typed. */
  typed(text: string, unfit: (purpose: Purpose) => Unfit | null): Promise<Claimed> {
    const code = readCode(text)
    return this.#claim((open) => code === open.code, unfit)
  }

  /** A station's proof of the code over what it says of itself. */
  proven(proof: string, parts: readonly string[], unfit: (purpose: Purpose) => Unfit | null): Promise<Claimed> {
    return this.#claim((_, key) => sameProof(proof, proofOf(key, ...parts)), unfit)
  }

  /** Uses the code up when it is `right`; while `unfit` has a reason against this machine it stays open for the one that it is for. */
  async #claim(right: (open: OpenCode, key: Buffer) => boolean, unfit: (purpose: Purpose) => Unfit | null): Promise<Claimed> {
    const [open, key] = [this.current(), await this.#key]
    // Looked at again after the wait: somebody else may have used it meanwhile.
    if (!open || !key || this.current() !== open) return { ok: false, reason: 'closed' }
    if (right(open, key)) {
      const reason = unfit(open.purpose)
      if (reason) return { ok: false, reason }
      this.close()
      return { ok: true, purpose: open.purpose, key }
    }
    const wrong = (this.#wrong += 1)
    if (wrong >= mostWrong) this.close()
    await sleep(delayMs * 2 ** (wrong - 1))
    return { ok: false, reason: wrong >= mostWrong ? 'closed' : 'wrong' }
  }
}
