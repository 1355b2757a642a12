/** What a scanner read. These are the lines of `motcua reader listen --json`; personal data, never to be logged. */

/** QR of a CCCD or căn cước. It identifies, it does not prove: it isn't signed. Dates `yyyy-mm-dd`. */
export interface CardScanned {
  readonly kind: 'cccd'
  readonly id: string
  /** Number of the old nine-digit card; null when the field is empty. */
  readonly oldId: string | null
  readonly fullName: string
  readonly dob: string
  readonly sex: 'male' | 'female'
  readonly address: string
  readonly issued: string
  /** Codes; a warning never blocks. */
  readonly warnings: readonly CardWarning[]
}

export type CardWarning = 'province-unknown' | 'sex-differs' | 'birth-year-differs' | 'encoding-repaired'

export interface DossierScanned {
  readonly kind: 'dossier'
  readonly code: string
}

export interface MrzScanned {
  readonly kind: 'mrz'
  readonly format: 'TD1' | 'TD2' | 'TD3'
  readonly documentNumber: string
  /** Twelve digits on a Vietnamese card; null when the zone has none. */
  readonly personalNumber: string | null
  readonly surname: string
  readonly givenNames: string
  /** `yyyy-mm-dd`, null when the zone holds no real date. */
  readonly dob: string | null
  readonly sex: 'male' | 'female' | ''
  readonly expiry: string | null
  readonly nationality: string
  /** Every check digit agrees. */
  readonly valid: boolean
  /** Codes of what doesn't agree, such as `composite-check-digit`. */
  readonly problems: readonly string[]
}

/** A transfer by VietQR, as a citizen's receipt or a bank's app shows it. Nothing in it says that it was paid. */
export interface VietQr {
  /** NAPAS number of the bank, six digits. */
  readonly bin: string
  readonly account: string
  /** đồng; null when the payer types it. */
  readonly amount: number | null
  readonly purpose: string | null
}

/** What keeps a payment code from being one. */
export interface WrongVietQr {
  readonly problem: 'incomplete' | 'checksum' | 'account' | 'amount'
}

/** No identity and no dossier; `vietqr` when it is a payment code. */
export interface OtherScanned {
  readonly kind: 'other'
  readonly text: string
  readonly vietqr?: VietQr | WrongVietQr
}

/** It looked like an identity and isn't one, or couldn't be read at all. The text is not kept. */
export interface InvalidScanned {
  readonly kind: 'invalid'
  readonly reason: InvalidReason
}

export type InvalidReason =
  | 'too-long'
  | 'encoding'
  | 'letters-lost'
  | 'incomplete'
  | 'id-number'
  | 'old-id-number'
  | 'name'
  | 'birth-date'
  | 'sex'
  | 'issue-date'
  | 'mrz-incomplete'

export type Scan = CardScanned | DossierScanned | MrzScanned | OtherScanned | InvalidScanned
