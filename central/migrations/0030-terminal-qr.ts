/** Fees are also paid by the QR code that a card terminal shows: analysts are told what that method is. */
export const sql = `
COMMENT ON COLUMN report.payments.method IS 'cash: tiền mặt, vietqr: chuyển khoản, card: thẻ, terminal-qr: mã QR trên máy thẻ'
`
