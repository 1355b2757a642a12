import type { KeyProblem } from '#native/reader/chip/access/access-key.ts'
import type { AuthenticReason } from '#native/reader/chip/authenticity/passive.ts'
import type { ChipErrorCode } from '#native/reader/chip/chip-error.ts'
import type { TransportErrorCode } from '#native/transport/transport.ts'

/** What `motcua reader chip` and `motcua sim chip-reader` say to people. */
interface ReaderChipMessages {
  readonly lay: string
  readonly again: string
  readonly oneKey: string
  readonly key: Readonly<Record<KeyProblem, string>>
  readonly badAddress: (address: string) => string
  readonly noAddress: string
  readonly badSeconds: string
  readonly badFault: (names: string) => string
  readonly badPerson: (count: number) => string
  readonly chip: Readonly<Record<ChipErrorCode, string>>
  readonly transport: Readonly<Record<TransportErrorCode, string>>
  readonly noFolder: (folder: string) => string
  readonly emptyFolder: (folder: string) => string
  readonly notCertificates: (names: string) => string
  readonly photo: (file: string, format: 'jpeg' | 'jp2') => string
  readonly noPhoto: string
  readonly noPhotoFile: (file: string) => string
  readonly verified: string
  readonly notVerified: string
  readonly failed: string
  readonly reasons: Readonly<Record<AuthenticReason, string>>
  readonly fields: Readonly<Record<'number' | 'name' | 'dob' | 'sex' | 'residence' | 'expiry', string>>
}

const vi: ReaderChipMessages = {
  lay: 'Mời đặt thẻ nằm yên trên đầu đọc, mặt có chíp úp xuống.',
  again: 'Thẻ vừa bị nhấc lên hoặc xê dịch. Mời đặt lại và để nằm yên, máy đọc tiếp.',
  oneKey: 'Mời cho một trong ba: --mrz, hoặc --document --birth --expiry, hoặc --can.',
  key: {
    'mrz-length': '--mrz là ba dòng ở mặt sau thẻ viết liền nhau, đủ 90 ký tự.',
    'mrz-check-digit': 'Số kiểm tra trong dòng mã ở mặt sau thẻ không khớp. Mời xem và gõ lại, hoặc quét lại.',
    document: '--document là số định danh 12 chữ số, hoặc 9 chữ số cuối của nó.',
    birth: '--birth là ngày sinh viết YYMMDD, ví dụ 900415.',
    expiry: '--expiry là ngày hết hạn của thẻ viết YYMMDD; thẻ không thời hạn: 991231.',
    can: '--can là sáu chữ số in ở mặt trước thẻ.',
  },
  badAddress: (address) => `Địa chỉ "${address}" chưa đúng. Ví dụ: serial:/dev/ttyUSB0, tcp://192.168.1.60:4001.`,
  noAddress: 'Mời cho địa chỉ đầu đọc: --to serial:… hoặc tcp://…',
  badSeconds: '--timeout là số giây, từ 1 đến 600.',
  badFault: (names) => `--fault nhận: ${names}`,
  badPerson: (count) => `--card là số từ 1 đến ${count}.`,
  chip: {
    'reader-unreachable': 'Chưa nối được đầu đọc. Mời xem dây, nguồn và địa chỉ.',
    'reader-silent': 'Đầu đọc không trả lời. Mời xem dây, nguồn, loại đầu đọc (--reader) và tốc độ cổng.',
    'reader-lost': 'Mất nối với đầu đọc giữa chừng. Mời cắm lại dây rồi đọc lại.',
    'reader-refused': 'Đầu đọc trả lời chưa đúng. Mời xem loại đầu đọc (--reader), rút ra cắm lại rồi thử lại.',
    'no-pcsc': 'Máy chưa có dịch vụ PC/SC. Trên Debian, Ubuntu: sudo apt install pcscd. Trên Windows: bật dịch vụ Smart Card.',
    'no-reader': 'Dịch vụ PC/SC chưa thấy đầu đọc nào có tên này. Mời cắm đầu đọc, hoặc bỏ --to để dùng đầu đọc đầu tiên.',
    'no-card': 'Chưa thấy thẻ trên đầu đọc. Mời đặt thẻ nằm yên, mặt có chíp úp xuống, rồi đọc lại.',
    'no-chip': 'Đây chưa phải thẻ căn cước gắn chíp. Mời đặt riêng thẻ căn cước lên đầu đọc, không để cùng thẻ khác.',
    'card-lost': 'Thẻ bị nhấc lên nhiều lần. Mời đặt thẻ nằm yên cho tới khi đọc xong rồi đọc lại.',
    'session-lost': 'Chíp ngắt phiên đọc nhiều lần. Mời nhấc thẻ ra, đặt lại nằm yên rồi đọc lại.',
    'wrong-key': 'Chíp không nhận thông tin mở khóa. Mời xem lại số thẻ, ngày sinh, ngày hết hạn hoặc sáu số CAN rồi đọc lại.',
    'pace-missing': 'Thẻ này không mở được bằng số CAN. Mời dùng --mrz hoặc --document --birth --expiry.',
    'card-refused': 'Chíp từ chối lệnh đọc. Mời nhấc thẻ ra, đặt lại rồi đọc lại.',
    unreadable: 'Dữ liệu trong chíp chưa đọc hiểu được. Mời đọc lại; nếu vẫn vậy, dùng mã QR trên thẻ.',
  },
  transport: {
    unreachable: 'Chưa nối được đầu đọc. Mời xem nguồn, dây và địa chỉ.',
    busy: 'Cổng đang có chương trình khác dùng. Mời đóng chương trình đó.',
    'no-permission': 'Chưa có quyền mở cổng này. Mời thêm người dùng vào nhóm dialout.',
    'not-found': 'Không thấy thiết bị ở địa chỉ này. Mời xem lại dây và tên cổng.',
    ambiguous: 'Địa chỉ này hợp với nhiều cổng. Mời rút bớt thiết bị giống nhau, hoặc ghi thêm số sê-ri.',
    closed: 'Đã ngừng theo yêu cầu.',
    'bad-address': 'Địa chỉ đầu đọc chưa đúng.',
    timeout: 'Đầu đọc chưa trả lời kịp. Mời xem mạng và địa chỉ.',
  },
  noFolder: (folder) => `Chưa mở được thư mục chứng thư "${folder}". Mời xem lại --csca.`,
  emptyFolder: (folder) => `Thư mục "${folder}" không có chứng thư CSCA nào (.cer .crt .der .pem). Mời chép chứng thư vào đó, hoặc bỏ --csca.`,
  notCertificates: (names) => `Bỏ qua tệp không phải chứng thư: ${names}`,
  photo: (file, format) => (format === 'jpeg' ? `Đã ghi ảnh vào ${file} (JPEG).` : `Đã ghi ảnh vào ${file} (JPEG 2000, cần chương trình xem riêng).`),
  noPhoto: 'Chíp không đưa ảnh, hoặc ảnh không đọc được. Mời đọc lại không kèm --photo, đối chiếu bằng ảnh in trên thẻ.',
  noPhotoFile: (file) => `Chưa ghi được ảnh vào "${file}". Mời xem thư mục và quyền ghi.`,
  verified: 'Thẻ thật: mọi phần hiện ra đều có chữ ký của cơ quan cấp.',
  notVerified: 'Đã đọc, chưa xác thực được.',
  failed: 'KHÔNG XÁC THỰC: dữ liệu trong chíp đã bị thay đổi hoặc giả mạo. Không nhận thẻ này, mời báo người phụ trách.',
  reasons: {
    'sod-unreadable': 'Phần chữ ký trong chíp không đọc được.',
    'content-changed': 'Danh sách mã băm trong chíp đã bị thay đổi.',
    'signature-wrong': 'Chữ ký trong chíp không đúng.',
    'hash-mismatch': 'Nội dung không khớp mã băm đã ký',
    'no-sod': 'Chíp không có phần chữ ký.',
    'no-signer': 'Chíp không kèm chứng thư của đơn vị ký.',
    'no-csca': 'Chưa có chứng thư CSCA của Bộ Công an (--csca).',
    'unsupported-algorithm': 'Thuật toán ký trên thẻ chưa được hỗ trợ.',
    'not-covered': 'Có phần không nằm trong danh sách đã ký',
    'issuer-unknown': 'Không chứng thư CSCA nào trong thư mục đã cấp cho đơn vị ký thẻ này.',
    'not-valid-when-signed': 'Chứng thư không còn hiệu lực vào ngày ký thẻ.',
  },
  fields: { number: 'Số định danh', name: 'Họ và tên', dob: 'Ngày sinh', sex: 'Giới tính', residence: 'Nơi thường trú', expiry: 'Có giá trị đến' },
}

const en: ReaderChipMessages = {
  lay: 'Lay the card still on the reader, chip side down.',
  again: 'The card was lifted or moved. Lay it down again and leave it; reading goes on.',
  oneKey: 'Give one of three: --mrz, or --document --birth --expiry, or --can.',
  key: {
    'mrz-length': '--mrz is the three lines on the back of the card in one, 90 characters.',
    'mrz-check-digit': 'The check digits of the machine-readable zone do not agree. Look and type again, or scan again.',
    document: '--document is the 12-digit personal number, or the last 9 digits of it.',
    birth: '--birth is the date of birth as YYMMDD, such as 900415.',
    expiry: '--expiry is the date of expiry as YYMMDD; a card without one: 991231.',
    can: '--can is the six digits on the face of the card.',
  },
  badAddress: (address) => `"${address}" is not an address. Examples: serial:/dev/ttyUSB0, tcp://192.168.1.60:4001.`,
  noAddress: 'Give the address of the reader: --to serial:… or tcp://…',
  badSeconds: '--timeout is a number of seconds, 1 to 600.',
  badFault: (names) => `--fault takes: ${names}`,
  badPerson: (count) => `--card is a number from 1 to ${count}.`,
  chip: {
    'reader-unreachable': 'The reader can not be reached. Check cable, power and address.',
    'reader-silent': 'The reader does not answer. Check cable, power, its kind (--reader) and the speed of the port.',
    'reader-lost': 'The reader went away. Plug it in again, then read again.',
    'reader-refused': 'The reader gives wrong answers. Check its kind (--reader), unplug it, plug it in and try again.',
    'no-pcsc': 'This machine has no PC/SC service. On Debian, Ubuntu: sudo apt install pcscd. On Windows: start the Smart Card service.',
    'no-reader': 'The PC/SC service has no reader of this name. Plug it in, or leave --to out to take the first one.',
    'no-card': 'There is no card on the reader. Lay it still, chip side down, and read again.',
    'no-chip': 'This is no identity card with a chip. Lay the identity card on the reader alone.',
    'card-lost': 'The card was lifted several times. Leave it lying until it is read.',
    'session-lost': 'The chip ended the session several times. Take the card off, lay it down again and read again.',
    'wrong-key': 'The chip does not accept this. Check number, date of birth, date of expiry or the six digits, then read again.',
    'pace-missing': 'This card can not be opened with its access number. Use --mrz or --document --birth --expiry.',
    'card-refused': 'The chip refused to be read. Take the card off, lay it down again and read again.',
    unreadable: 'What is in the chip can not be understood. Read again; if it stays so, use the QR code of the card.',
  },
  transport: {
    unreachable: 'The reader can not be reached. Check power, cable and address.',
    busy: 'Another program is using the port. Close it.',
    'no-permission': 'No permission to open this port. Add the user to the group dialout.',
    'not-found': 'There is no such device. Check cable and port name.',
    ambiguous: 'This address fits several ports. Unplug the like devices, or add the serial number.',
    closed: 'Stopped on request.',
    'bad-address': 'Not an address of a reader.',
    timeout: 'The reader did not answer in time. Check network and address.',
  },
  noFolder: (folder) => `The certificate folder "${folder}" can not be opened. Check --csca.`,
  emptyFolder: (folder) => `The folder "${folder}" holds no CSCA certificate (.cer .crt .der .pem). Put it there, or leave --csca out.`,
  notCertificates: (names) => `Passed over, no certificates: ${names}`,
  photo: (file, format) => `Photo written to ${file} (${format === 'jpeg' ? 'JPEG' : 'JPEG 2000, needs a viewer of its own'}).`,
  noPhoto: 'The chip gave no photo that can be read. Read again without --photo and compare with the photo on the card.',
  noPhotoFile: (file) => `The photo can not be written to "${file}". Check folder and permissions.`,
  verified: 'Genuine: everything shown is covered by the issuer’s signature.',
  notVerified: 'Read, not verified.',
  failed: 'NOT GENUINE: what is in the chip was changed or forged. Do not accept this card; tell the person in charge.',
  reasons: {
    'sod-unreadable': 'The signature file of the chip can not be read.',
    'content-changed': 'The signed list of hashes was changed.',
    'signature-wrong': 'The signature is wrong.',
    'hash-mismatch': 'The content does not match the signed hash',
    'no-sod': 'The chip has no signature file.',
    'no-signer': 'The chip has no certificate of its signer.',
    'no-csca': 'No CSCA certificate at hand (--csca).',
    'unsupported-algorithm': 'The algorithm of the signature is not supported.',
    'not-covered': 'A part is not on the signed list',
    'issuer-unknown': 'No CSCA certificate in the folder issued the signer of this card.',
    'not-valid-when-signed': 'A certificate was not valid when the card was signed.',
  },
  fields: { number: 'Personal number', name: 'Name', dob: 'Born', sex: 'Sex', residence: 'Residence', expiry: 'Valid until' },
}

/** Messages in Vietnamese unless English was asked for. */
export function readerChipMessages(lang: 'vi' | 'en'): ReaderChipMessages {
  return lang === 'en' ? en : vi
}
