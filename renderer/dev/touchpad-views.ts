/** The touchpad of counter 3 at the moments of the picture. People, numbers and the account are invented. */
import type { PaymentShown, TouchpadView } from '#contract/touchpad.ts'

const at = (clock: string) => Date.parse(`2026-11-23T${clock}+07:00`)
export const touchpadNow = at('09:33:08')

const base: Omit<TouchpadView, 'screen'> = {
  now: touchpadNow, sample: false, counter: 3, serviceNames: ['Hộ tịch', 'Chứng thực'], staffName: 'Trần Thị Mỹ Hạnh',
  office: { unit: 'Trung tâm Phục vụ hành chính công', commune: 'xã Hòa Phú', province: 'tỉnh Đắk Lắk', agency: 'H15.50.05.13', phone: '0262 3555 000' },
}

const payment: PaymentShown = {
  paymentId: 'p1', amount: 16_000, bank: 'Ngân hàng mẫu', account: '8800 1234 5678', accountName: 'TRUNG TAM PVHCC XA HOA PHU', purpose: 'MC261123 0042 A012', state: 'waiting',
  payload: '00020101021238570010A000000727012700069704360113880012345678900208QRIBFTTA53037045405160005802VN62220818MC261123 0042 A01263042B1F',
}

export const touchpadViews = {
  idle: { ...base, screen: { kind: 'idle' } },
  serving: { ...base, screen: { kind: 'serving', number: 'A012', title: 'Đăng ký khai sinh' } },
  payment: { ...base, screen: { kind: 'payment', number: 'A012', payment } },
  paid: { ...base, screen: { kind: 'payment', number: 'A012', payment: { ...payment, state: 'received' } } },
  card: { ...base, screen: { kind: 'card', number: 'A012', method: 'card', amount: 16_000, progress: 'insert-card' } },
  scan: { ...base, screen: { kind: 'card', number: 'A012', method: 'terminal-qr', amount: 16_000, progress: 'scan-qr' } },
  rating: { ...base, screen: { kind: 'rating', ticketId: 't-A012', number: 'A012', title: 'Đăng ký khai sinh', at: at('09:33:00'), expiresAt: at('09:33:30') } },
  thanks: { ...base, screen: { kind: 'thanks', number: 'A012' } },
} as const satisfies Record<string, TouchpadView>
