import { QRPay } from 'vietnam-qr-pay'

/** One transfer that a citizen is asked for. */
export interface VietQrRequest {
  /** NAPAS BIN of the bank, six digits. */
  readonly bankBin: string
  readonly account: string
  /** đồng, a positive whole number. */
  readonly amount: number
  /** ASCII letters, digits and blanks, at most 25: what the bank's notice will show. */
  readonly purpose: string
}

/**
 * The text of a dynamic VietQR (NAPAS QR format 1.0, EMVCo MPM). Throws on a field that would give a code which a bank's app reads otherwise than
 * meant: that is a mistake of the configuration or of ours, never to be shown to a citizen.
 */
export function vietQrPayload({ bankBin, account, amount, purpose }: VietQrRequest): string {
  if (!/^\d{6}$/.test(bankBin)) throw new RangeError('bank BIN must have six digits')
  if (!/^[0-9A-Za-z]{4,19}$/.test(account)) throw new RangeError('account must be 4–19 letters and digits')
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > 9_999_999_999_999) throw new RangeError('amount must be a positive whole number of đồng')
  if (!/^[0-9A-Za-z ]{1,25}$/.test(purpose)) throw new RangeError('purpose must be 1–25 ASCII letters, digits and blanks')
  return QRPay.initVietQR({ bankBin, bankNumber: account, amount: String(amount), purpose }).build()
}
