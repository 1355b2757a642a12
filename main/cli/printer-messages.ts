/** What `motcua printer …` says to people. */
interface PrinterMessages {
  readonly printed: string
  readonly sent: string
  readonly unknown: string
  readonly failed: string
  readonly reasons: Readonly<Record<string, string>>
  readonly well: string
  readonly nearEnd: string
  readonly badAddress: (address: string) => string
  readonly badProfile: (id: string) => string
  readonly badWait: string
  readonly noPorts: string
  /** The printer answers at another speed. */
  readonly rightSpeed: (address: string) => string
  readonly badPng: (file: string) => string
  /** Letters of the text that came out as question marks. */
  readonly missing: (letters: string) => string
  readonly badFault: (names: string) => string
}

const vi: PrinterMessages = {
  printed: 'Đã in xong.',
  sent: 'Đã gửi hết tới máy in. Máy này không báo lại được, mời nhìn giấy.',
  unknown: 'Chưa rõ đã in hết chưa. Mời nhìn giấy ra trước khi in lại.',
  failed: 'Chưa in gì.',
  reasons: {
    'paper-out': 'Máy in hết giấy. Mời thay cuộn giấy và đóng nắp.',
    'cover-open': 'Nắp máy in đang mở. Mời đóng nắp.',
    cutter: 'Dao cắt bị kẹt. Mời gỡ giấy kẹt, tắt rồi bật lại máy in.',
    offline: 'Máy in đang dừng. Mời xem đèn báo trên máy.',
    unreachable: 'Chưa nghe máy in trả lời. Mời xem nguồn, dây và địa chỉ.',
    timeout: 'Máy in chưa trả lời kịp. Mời xem mạng và địa chỉ.',
    'not-found': 'Không thấy thiết bị ở địa chỉ này. Mời xem lại dây và tên cổng.',
    ambiguous: 'Có hai thiết bị giống nhau cùng cắm. Mời ghi thêm ổ cắm vào địa chỉ (motcua printer probe liệt kê), hoặc dùng tên cổng.',
    'wrong-speed': 'Máy in trả lời nhưng không đọc được: tốc độ chưa khớp. Mời sửa baud trong địa chỉ theo phiếu tự kiểm tra của máy in (giữ nút đẩy giấy khi bật máy).',
    closed: 'Mất nối. Mời xem dây và nguồn.',
    'no-answer': 'Máy in không trả lời.',
    busy: 'Cổng đang có chương trình khác dùng. Mời đóng chương trình đó.',
    'no-permission': 'Chưa có quyền mở cổng này. Mời thêm người dùng vào nhóm dialout.',
    'connection-lost': 'Mất nối khi đang in.',
    'no-proof': 'Máy in không xác nhận đã in xong.',
    stalled: 'Máy in ngừng nhận dữ liệu.',
    cancelled: 'Đã ngừng theo yêu cầu.',
    'nothing-to-print': 'Không có dòng nào để in.',
  },
  well: 'Máy in sẵn sàng.',
  nearEnd: 'Máy in sẵn sàng, giấy sắp hết.',
  badAddress: (address) => `Địa chỉ "${address}" chưa đúng. Ví dụ: serial:/dev/ttyUSB0?baud=9600, tcp://192.168.1.50:9100, file:PATH.`,
  badProfile: (id) => `Không có kiểu máy "${id}". Các kiểu đang có: motcua printer list-profiles`,
  badWait: '--wait là số giây, từ 0.',
  noPorts: 'Không thấy cổng nối tiếp nào.',
  rightSpeed: (address) => `Máy in trả lời ở tốc độ khác. Mời dùng địa chỉ ${address}`,
  badPng: (file) => `Chưa in gì: chưa ghi được tệp ${file}. Mời xem lại thư mục và quyền ghi.`,
  missing: (letters) => `Máy này không có phông cho: ${letters}. Trên giấy là dấu "?". Mời viết bằng chữ khác.`,
  badFault: (names) => `--fault nhận: ${names}`,
}

const en: PrinterMessages = {
  printed: 'Printed.',
  sent: 'Everything was sent. This printer cannot report back; look at the paper.',
  unknown: 'Not known whether all of it was printed. Look at the paper before printing again.',
  failed: 'Nothing was printed.',
  reasons: {
    'paper-out': 'The printer is out of paper. Put in a roll and close the cover.',
    'cover-open': 'The cover is open. Close it.',
    cutter: 'The cutter is jammed. Clear it, then switch the printer off and on.',
    offline: 'The printer has stopped. Look at its lamps.',
    unreachable: 'The printer does not answer. Check power, cable and address.',
    timeout: 'The printer did not answer in time. Check network and address.',
    'not-found': 'There is no such device. Check cable and port name.',
    ambiguous: 'Two devices of this kind are plugged in. Add the socket to the address (motcua printer probe lists them), or use the port name.',
    'wrong-speed': 'The printer answers, but nothing readable: the speed does not match. Set baud in the address as on the self-test slip (hold the feed button while switching on).',
    closed: 'The connection is gone. Check cable and power.',
    'no-answer': 'The printer does not answer.',
    busy: 'Another program is using the port. Close it.',
    'no-permission': 'No permission to open this port. Add the user to the group dialout.',
    'connection-lost': 'The connection broke while printing.',
    'no-proof': 'The printer did not confirm the print.',
    stalled: 'The printer stopped taking data.',
    cancelled: 'Stopped on request.',
    'nothing-to-print': 'There is no line to print.',
  },
  well: 'The printer is ready.',
  nearEnd: 'The printer is ready, paper is low.',
  badAddress: (address) => `"${address}" is not an address. Examples: serial:/dev/ttyUSB0?baud=9600, tcp://192.168.1.50:9100, file:PATH.`,
  badProfile: (id) => `There is no profile "${id}". See: motcua printer list-profiles`,
  badWait: '--wait is a number of seconds, from 0.',
  noPorts: 'No serial port found.',
  rightSpeed: (address) => `The printer answers at another speed. Use the address ${address}`,
  badPng: (file) => `Nothing was printed: ${file} can not be written. Check the folder and its permissions.`,
  missing: (letters) => `No font here has: ${letters}. They stand as "?" on the paper. Write them another way.`,
  badFault: (names) => `--fault takes: ${names}`,
}

/** Messages in Vietnamese unless English was asked for. */
export function printerMessages(lang: 'vi' | 'en'): PrinterMessages {
  return lang === 'en' ? en : vi
}
