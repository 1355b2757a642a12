/** The office as its papers name it, a part of the contract's `OfficeView`. Headings are raised to capitals here. */
export interface SlipOffice {
  /** `Trung tâm Phục vụ hành chính công`. */
  readonly unit: string
  /** `xã Hòa Phú`. */
  readonly commune: string
  /** `tỉnh Đắk Lắk`. */
  readonly province: string
}

/** The people's committee above the unit: `Ủy ban nhân dân xã Hòa Phú`. */
export function agencyOf(office: SlipOffice): string {
  return `Ủy ban nhân dân ${office.commune}`
}

/** Where forms are dated: the commune without the word for its kind, `Hòa Phú`. */
export function localityOf(office: SlipOffice): string {
  return office.commune.replace(/^(xã|phường|đặc khu)\s+/i, '')
}

/** A slip printed once more: how often (1 = first time again) and when (epoch ms). */
export interface Reprint {
  readonly times: number
  readonly at: number
}

/** Vietnamese capitals. */
export function capitals(text: string): string {
  return text.normalize('NFC').toLocaleUpperCase('vi')
}
