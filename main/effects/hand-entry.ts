/** What a clerk says of a card payment that was typed into a terminal with no cable. `unsure`: the terminal's slip has to be looked at. */
export type HandAnswer = { readonly approved: true; readonly approval: string } | { readonly approved: false } | 'unsure'

/** The one card payment that a clerk is carrying out by hand at this station's terminal. */
export class HandEntry {
  readonly #changed: () => void
  #open: { readonly reference: string; readonly answer: (answer: HandAnswer) => void } | null = null

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Waits for the clerk. */
  readonly wait = ({ reference }: { readonly reference: string }): Promise<HandAnswer> =>
    new Promise((resolve) => {
      const answer = (said: HandAnswer) => {
        this.#open = null
        this.#changed()
        resolve(said)
      }
      this.#open = { reference, answer }
      this.#changed()
    })

  waitsFor(reference: string): boolean {
    return this.#open?.reference === reference
  }

  /** Answers false when nobody waits for this one. */
  answer(reference: string, said: HandAnswer): boolean {
    if (!this.waitsFor(reference)) return false
    this.#open?.answer(said)
    return true
  }

  /** The station ends: what nobody answered is not known. */
  giveUp(): void {
    this.#open?.answer('unsure')
  }
}
