/** An expected no: `reason` is a key of the message catalogue under `refusal.`, `details` fill its blanks. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: string
  readonly details: Readonly<Record<string, string>>
  constructor(reason: string, details: Readonly<Record<string, string>> = {}) {
    super(reason)
    this.reason = reason
    this.details = details
  }
}
