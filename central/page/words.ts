/** Everything that the page says, in Vietnamese. */

export const title = 'Một Cửa: máy chủ tỉnh'
export const place = 'Máy chủ tỉnh'
export const officesTitle = 'Bộ phận một cửa'
export const office = 'Bộ phận'
export const contact = 'Liên lạc'
export const events = 'Việc đã nhận'
export const lag = 'Độ trễ'
export const tickets = 'Lượt lấy số hôm nay'
export const dossiers = 'Hồ sơ tiếp nhận hôm nay'
export const paid = 'Phí, lệ phí thu hôm nay'
export const ticketsShort = 'Lượt hôm nay'
export const dossiersShort = 'Hồ sơ hôm nay'
export const paidShort = 'Thu hôm nay'
export const connected = 'Đang nối'
export const never = 'Chưa liên lạc lần nào'
export const revoked = 'Khóa đã thu hồi'
export const noOffices = 'Chưa có bộ phận nào. Mời ghi danh bằng lệnh'
/** While central does not answer the open page. */
export const noAnswer = 'Chưa nối được máy chủ tỉnh. Số liệu bên dưới là lúc ghi ở trên; trang tự nối lại.'

export const footer = 'Độ trễ là khoảng từ lúc việc mới nhất xảy ra ở bộ phận đến lúc về tới đây. Trang tự làm mới mỗi 5 giây. Không có dữ liệu cá nhân trên trang này.'

const digits = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 })

export const number = (value: number): string => digits.format(value)
export const money = (dong: number): string => `${digits.format(dong)}\u00a0đ`
export const date = (day: string): string => day.split('-').reverse().join('/')
export const inAll = (value: string): string => `tổng ${value}`
export const fromStations = (count: number): string => `từ ${number(count)} máy`
export const since = (clock: string): string => `Từ ${clock}.`
export const lost = (clock: string): string => `Mất nối từ ${clock}`
export const ago = (ms: number): string => (ms < 2_000 ? 'vừa xong' : `${duration(ms)} trước`)

/** `0,4 giây`, `12 phút`, `3 giờ`, `2 ngày`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000
  if (seconds < 10) return `${number(seconds)} giây`
  if (seconds < 60) return `${Math.round(seconds)} giây`
  if (seconds < 3_600) return `${Math.round(seconds / 60)} phút`
  return seconds < 86_400 ? `${Math.round(seconds / 3_600)} giờ` : `${Math.round(seconds / 86_400)} ngày`
}

/** The biggest sentence of the page. */
export function headline(connectedOffices: number, all: number): string {
  if (all === 0) return 'Chưa có bộ phận một cửa nào ghi danh'
  if (connectedOffices === all) return all === 1 ? 'Bộ phận một cửa đang nối' : `Cả ${number(all)} bộ phận một cửa đang nối`
  return `${number(connectedOffices)} trên ${number(all)} bộ phận một cửa đang nối`
}

/** Who is missing, and that nothing is lost. */
export function behind(names: readonly string[]): string {
  if (names.length === 0) return 'Việc ở các bộ phận về đến đây ngay khi phát sinh.'
  const shown = names.slice(0, 3).join(', ')
  const more = names.length > 3 ? ` và ${names.length - 3} nơi khác` : ''
  return `Chưa nối: ${shown}${more}. Việc phát sinh vẫn lưu tại chỗ và tự gửi khi có mạng.`
}

/** Why a station's journal isn't taken, and what to do. */
export function refused(origin: string, code: string): string {
  if (code === 'fork') return `nhật ký của máy ${origin} đã rẽ khác bản ở đây (đĩa được chép hoặc khôi phục). Phần cũ còn nguyên; mời chạy station new-epoch ở máy đó.`
  if (code === 'bad-hash') return `nhật ký của máy ${origin} có chỗ không khớp mã băm nên chưa nhận. Phần trước đó còn nguyên; mời chạy verify ở máy đó.`
  return `chưa nhận được nhật ký của máy ${origin} (${code}). Phần trước đó còn nguyên.`
}

export const quarantined = (count: number): string => `${number(count)} việc chưa đọc được, đã giữ nguyên bản và để riêng.`
