/**
 * Why a chip could not be read. `card-lost` and `session-lost` are worth another try with the same card; `wrong-key` is never tried again with the
 * same key, because chips answer slower with each wrong one.
 */
export type ChipErrorCode =
  | 'reader-unreachable'
  | 'reader-silent'
  | 'reader-lost'
  | 'reader-refused'
  | 'no-pcsc'
  | 'no-reader'
  | 'no-card'
  | 'no-chip'
  | 'card-lost'
  | 'session-lost'
  | 'wrong-key'
  | 'pace-missing'
  | 'card-refused'
  | 'unreadable'

/** The only error of this folder that callers have to know; `detail` names a status word, a file or an address, never what was read. */
export class ChipError extends Error {
  override readonly name = 'ChipError'
  readonly code: ChipErrorCode
  readonly detail: string

  constructor(code: ChipErrorCode, detail = '', cause?: unknown) {
    super(detail === '' ? code : `${code}: ${detail}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.detail = detail
  }
}
