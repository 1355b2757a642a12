import type { TerminalReason } from '#native/terminal/reason.ts'

/** What `motcua terminal …` says to people: what happened, and what to do next. */
export interface TerminalMessages {
  readonly reasons: Readonly<Record<TerminalReason, string>>
  /** Of `status`; keys of reasons serve too. */
  readonly states: Readonly<Record<string, string>>
  /** What the citizen does now. */
  readonly progress: Readonly<Record<string, string>>
  readonly done: Readonly<Record<'sale' | 'refund' | 'void', (amount: string, receipt: string) => string>>
  readonly declined: Readonly<Record<'sale' | 'refund' | 'void', string>>
  readonly unknown: Readonly<Record<'sale' | 'refund' | 'void', string>>
  readonly code: (code: string) => string
  readonly recoverFirst: string
  readonly nothingUnknown: string
  readonly noTransaction: string
  readonly dayClosed: (count: number, amount: string) => string
  readonly dayClosedOnPaper: string
  readonly difference: (what: 'count' | 'amount', terminal: string, journal: string) => string
  readonly dayDiffers: string
  readonly journalBusy: string
  readonly journalDamaged: (line: number) => string
  readonly journalUnusable: (why: string) => string
  readonly otherAmount: (amount: string) => string
  readonly notInJournal: (reference: string) => string
  readonly badAmount: string
  readonly badReference: string
  readonly badReceipt: string
  readonly badAddress: (address: string) => string
  readonly badProfile: string
  readonly noQr: string
  readonly decidedNeedsReference: string
  readonly badFault: (names: string) => string
}

const vi: TerminalMessages = {
  reasons: {
    'declined-by-host': 'Ngân hàng từ chối thẻ. Mời dùng thẻ khác hoặc trả cách khác.',
    'card-unreadable': 'Không đọc được thẻ. Mời lau chip rồi thử lại, hoặc dùng thẻ khác.',
    'no-card-data': 'Máy chưa đọc được thẻ. Mời đưa thẻ lại.',
    'chip-error': 'Chip của thẻ không đọc được. Mời dùng thẻ khác.',
    'card-expired': 'Thẻ đã hết hạn. Mời dùng thẻ khác.',
    'card-not-yet-valid': 'Thẻ chưa đến ngày dùng được. Mời dùng thẻ khác.',
    'card-unknown': 'Máy không nhận loại thẻ này. Mời dùng thẻ khác hoặc trả cách khác.',
    'card-inserted': 'Trong máy còn thẻ. Mời rút thẻ ra rồi thu lại.',
    cancelled: 'Giao dịch đã được hủy trên máy hoặc quá giờ chờ. Có thể thu lại.',
    'wrong-currency': 'Máy không thu tiền Việt Nam. Mời báo ngân hàng cài lại máy.',
    'above-maximum': 'Số tiền vượt mức tối đa của máy. Mời trả cách khác.',
    'below-minimum': 'Số tiền dưới mức tối thiểu của máy. Mời trả cách khác.',
    'method-not-supported': 'Máy không có cách trả này. Mời trả cách khác.',
    'not-possible': 'Máy không làm được việc này. Mời xem màn hình của máy.',
    'declined-other': 'Máy từ chối. Mời xem màn hình của máy, rồi thử lại hoặc trả cách khác.',
    'host-no-answer': 'Ngân hàng không trả lời. Mời chờ một phút rồi thu lại, hoặc trả cách khác.',
    'host-no-connection': 'Máy cà thẻ không nối được với ngân hàng. Mời xem mạng hoặc SIM của máy.',
    'already-voided': 'Giao dịch này đã được hủy trước đó. Không cần làm gì thêm.',
    'void-impossible': 'Giao dịch này không hủy được nữa. Mời hoàn tiền bằng lệnh refund.',
    'receipt-not-found': 'Máy không có biên lai số này. Mời xem lại số trên biên lai của máy.',
    'not-charged': 'Máy không thu khoản này. Có thể thu lại với mã tham chiếu mới.',
    'not-registered': 'Máy chưa nhận quầy này. Mời xem mật khẩu của máy trong Thiết lập.',
    'please-wait': 'Máy đang bận. Mời chờ vài giây rồi thử lại.',
    'not-ready': 'Máy chưa sẵn sàng. Mời xem màn hình của máy.',
    'end-of-day-needed': 'Máy cần kết sổ trước. Mời chạy: motcua terminal end-of-day',
    'end-of-day-impossible': 'Chưa kết sổ được. Mời xem màn hình của máy rồi thử lại.',
    'diagnosis-needed': 'Máy cần chẩn đoán với ngân hàng. Mời gọi số hỗ trợ trên máy.',
    'activation-needed': 'Máy chưa được kích hoạt. Mời gọi ngân hàng.',
    'key-missing': 'Máy thiếu khóa bảo mật. Mời gọi ngân hàng.',
    'journal-full': 'Bộ nhớ của máy đã đầy. Mời chạy: motcua terminal end-of-day',
    printer: 'Máy cà thẻ hết giấy hoặc kẹt giấy. Mời thay giấy rồi thử lại.',
    'protocol-error': 'Máy và ngân hàng nói chuyện không được. Mời thử lại; nếu vẫn vậy, gọi ngân hàng.',
    'system-error': 'Máy gặp lỗi trong. Mời tắt, bật lại máy rồi thử lại.',
    'no-answer': 'Máy không trả lời.',
    'line-broken': 'Mất nối với máy trong lúc thu.',
    'not-stored': 'Không ghi được kết quả vào tệp nhật ký. Mời xem ổ đĩa.',
    'amount-mismatch': 'Máy báo thu một số tiền khác. Mời xem biên lai của máy.',
    'other-transaction': 'Giao dịch cuối trên máy không phải khoản này. Mời tìm khoản này trong các biên lai của máy.',
    'still-busy': 'Máy vẫn đang bận với một giao dịch. Mời chờ xong rồi hỏi lại.',
    contradiction: 'Máy nói hai điều khác nhau về khoản này. Mời xem biên lai của máy.',
    unreachable: 'Không nối được với máy cà thẻ. Mời xem nguồn, dây và địa chỉ rồi thử lại.',
    busy: 'Máy hoặc cổng đang có chương trình khác dùng. Mời đóng chương trình đó, hoặc chờ rồi thử lại.',
    unsupported: 'Máy này không có chức năng đó. Mời làm trên máy.',
    unresolved: 'Máy này còn một khoản chưa rõ. Mời chạy: motcua terminal recover, với cùng --to và --journal.',
    refused: 'Máy không nhận lệnh. Mời xem mật khẩu, hồ sơ máy và màn hình của máy.',
    'other-terminal': 'Khoản này được thu trên một máy khác. Mời nối đúng máy đó rồi hỏi lại.',
  },
  states: {
    ready: 'Máy sẵn sàng.',
    'initialisation-needed': 'Máy cần khởi tạo. Mời gọi ngân hàng.',
    'clock-wrong': 'Đồng hồ của máy sai. Mời chỉnh giờ trên máy.',
    'out-of-order': 'Máy hỏng. Mời gọi ngân hàng.',
    'optimisation-needed': 'Máy cần cập nhật tham số. Mời gọi ngân hàng.',
  },
  progress: {
    'insert-card': 'Mời đưa thẻ vào máy…', 'enter-pin': 'Mời nhập mã PIN trên máy…', 'asking-bank': 'Máy đang hỏi ngân hàng…', 'remove-card': 'Mời rút thẻ.',
    'confirm-amount': 'Mời xác nhận số tiền trên máy…', 'wrong-pin': 'Sai mã PIN, mời nhập lại.', undoing: 'Máy đang hoàn lại khoản thu…', 'please-wait': 'Mời chờ máy…',
    'scan-qr': 'Mời quét mã QR trên máy…', 'cancel-on-terminal': 'Mời bấm hủy trên máy: lệnh đã gửi đi không rút lại được…',
  },
  done: {
    sale: (amount, receipt) => `Đã thu ${amount}, biên lai của máy số ${receipt}.`,
    refund: (amount, receipt) => `Đã hoàn ${amount}, biên lai của máy số ${receipt}.`,
    void: (amount) => `Đã hủy giao dịch ${amount}.`,
  },
  declined: { sale: 'Chưa thu tiền.', refund: 'Chưa hoàn tiền.', void: 'Chưa hủy giao dịch.' },
  unknown: { sale: 'Chưa rõ đã thu hay chưa.', refund: 'Chưa rõ đã hoàn hay chưa.', void: 'Chưa rõ đã hủy hay chưa.' },
  code: (code) => `Mã của máy: ${code}.`,
  recoverFirst: 'Đừng làm lại. Mời chạy: motcua terminal recover, với cùng --protocol, --to và --journal.',
  nothingUnknown: 'Không có khoản nào chưa rõ.',
  noTransaction: 'Máy chưa có giao dịch nào.',
  dayClosed: (count, amount) => `Đã kết sổ: ${count} giao dịch, ${amount}.`,
  dayClosedOnPaper: 'Đã kết sổ. Tổng số nằm trên phiếu của máy.',
  difference: (what, terminal, journal) => `${what === 'count' ? 'Số giao dịch' : 'Số tiền'}: máy ${terminal}, nhật ký ${journal}.`,
  dayDiffers: 'Đã kết sổ nhưng máy và nhật ký khác nhau. Mời đối chiếu với các biên lai của máy.',
  journalBusy: 'Một lệnh khác đang dùng tệp nhật ký này. Mời chờ lệnh đó xong.',
  journalDamaged: (line) => `Tệp nhật ký hỏng ở dòng ${line}. Mời giữ tệp lại, dùng tệp mới và đối chiếu với biên lai của máy.`,
  journalUnusable: (why) => `Không ghi được tệp nhật ký (${why}). Mời xem đường dẫn, quyền và ổ đĩa. Chưa gửi gì tới máy.`,
  otherAmount: (amount) => `Mã tham chiếu này đã dùng cho ${amount}. Mời dùng mã mới.`,
  notInJournal: (reference) => `Trong tệp không có khoản chưa rõ nào mang mã "${reference}".`,
  badAmount: '--amount là số đồng, số nguyên từ 1, nhiều nhất mười hai chữ số trên máy.',
  badReference: '--reference có 1 đến 20 chữ cái, chữ số hoặc dấu, không có dấu cách.',
  badReceipt: '--receipt là số biên lai của máy, chỉ gồm chữ số.',
  badAddress: (address) => `Địa chỉ "${address}" chưa đúng. Ví dụ: serial:/dev/ttyUSB0?baud=9600, tcp://192.168.1.60:20007.`,
  badProfile: '--profile hoặc --password chưa đúng: mật khẩu ZVT có sáu chữ số; hồ sơ máy xem native/terminal.',
  noQr: 'Máy này không thu bằng mã QR: chỉ --protocol ecr với hồ sơ máy của ngân hàng có QR. Mời bỏ --qr, hoặc xem lại --profile. Chưa gửi gì tới máy.',
  decidedNeedsReference: '--decided đi cùng --reference của khoản đó.',
  badFault: (names) => `--fault nhận: ${names}`,
}

const en: TerminalMessages = {
  reasons: {
    'declined-by-host': 'The bank declined the card. Use another card or pay another way.',
    'card-unreadable': 'The card cannot be read. Wipe the chip and try again, or use another card.',
    'no-card-data': 'The terminal has not read the card. Present it again.',
    'chip-error': 'The chip of the card cannot be read. Use another card.',
    'card-expired': 'The card has expired. Use another card.',
    'card-not-yet-valid': 'The card is not valid yet. Use another card.',
    'card-unknown': 'The terminal does not take this kind of card. Use another card or pay another way.',
    'card-inserted': 'There is still a card in the terminal. Take it out and charge again.',
    cancelled: 'Cancelled on the terminal, or nobody presented a card in time. You may charge again.',
    'wrong-currency': 'The terminal does not take Vietnamese đồng. Ask the bank to set it up.',
    'above-maximum': 'The amount is above the maximum of the terminal. Pay another way.',
    'below-minimum': 'The amount is below the minimum of the terminal. Pay another way.',
    'method-not-supported': 'The terminal does not have this way of paying. Pay another way.',
    'not-possible': 'The terminal cannot do this. Look at its screen.',
    'declined-other': 'The terminal said no. Look at its screen, then try again or pay another way.',
    'host-no-answer': 'The bank does not answer. Wait a minute and charge again, or pay another way.',
    'host-no-connection': 'The terminal has no connection to the bank. Check its network or SIM.',
    'already-voided': 'This transaction was voided before. Nothing more to do.',
    'void-impossible': 'This transaction cannot be voided any more. Use refund.',
    'receipt-not-found': 'The terminal has no receipt of this number. Check the number on its slip.',
    'not-charged': 'The terminal did not charge this. You may charge again with a new reference.',
    'not-registered': 'The terminal does not accept this counter. Check its password in the settings.',
    'please-wait': 'The terminal is busy. Wait a few seconds and try again.',
    'not-ready': 'The terminal is not ready. Look at its screen.',
    'end-of-day-needed': 'The day must be closed first. Run: motcua terminal end-of-day',
    'end-of-day-impossible': 'The day cannot be closed now. Look at the terminal and try again.',
    'diagnosis-needed': 'The terminal needs a diagnosis with the bank. Call the number on it.',
    'activation-needed': 'The terminal is not activated. Call the bank.',
    'key-missing': 'The terminal has lost its keys. Call the bank.',
    'journal-full': 'The memory of the terminal is full. Run: motcua terminal end-of-day',
    printer: 'The terminal is out of paper or jammed. Put paper in and try again.',
    'protocol-error': 'Terminal and bank do not understand each other. Try again, then call the bank.',
    'system-error': 'The terminal has an internal error. Switch it off and on and try again.',
    'no-answer': 'The terminal does not answer.',
    'line-broken': 'The connection to the terminal broke during the payment.',
    'not-stored': 'The outcome could not be written to the journal file. Check the disk.',
    'amount-mismatch': 'The terminal reports another amount. Look at its slip.',
    'other-transaction': 'The last transaction of the terminal is not this one. Look for it among its slips.',
    'still-busy': 'The terminal is still busy with a transaction. Wait, then ask again.',
    contradiction: 'The terminal said two different things about this payment. Look at its slip.',
    unreachable: 'The terminal cannot be reached. Check power, cable and address, then try again.',
    busy: 'Another program is using the terminal or its port. Close it, or wait and try again.',
    unsupported: 'This terminal does not have that function. Do it on the terminal.',
    unresolved: 'A payment on this terminal is still unknown. Run: motcua terminal recover, with the same --to and --journal.',
    refused: 'The terminal refuses the command. Check its password, its profile and its screen.',
    'other-terminal': 'This payment was made on another terminal. Connect that one and ask again.',
  },
  states: {
    ready: 'The terminal is ready.',
    'initialisation-needed': 'The terminal needs initialisation. Call the bank.',
    'clock-wrong': 'The clock of the terminal is wrong. Set it on the terminal.',
    'out-of-order': 'The terminal is out of order. Call the bank.',
    'optimisation-needed': 'The terminal needs new parameters. Call the bank.',
  },
  progress: {
    'insert-card': 'Present the card…', 'enter-pin': 'Enter the PIN on the terminal…', 'asking-bank': 'Asking the bank…', 'remove-card': 'Take the card out.',
    'confirm-amount': 'Confirm the amount on the terminal…', 'wrong-pin': 'Wrong PIN, enter it again.', undoing: 'The terminal is giving the payment back…', 'please-wait': 'Please wait…',
    'scan-qr': 'Scan the QR code on the terminal…', 'cancel-on-terminal': 'Press cancel on the terminal: what was sent cannot be taken back…',
  },
  done: {
    sale: (amount, receipt) => `Charged ${amount}, terminal receipt ${receipt}.`,
    refund: (amount, receipt) => `Refunded ${amount}, terminal receipt ${receipt}.`,
    void: (amount) => `Voided the transaction of ${amount}.`,
  },
  declined: { sale: 'Nothing was charged.', refund: 'Nothing was refunded.', void: 'Nothing was voided.' },
  unknown: { sale: 'It is not known whether it was charged.', refund: 'It is not known whether it was refunded.', void: 'It is not known whether it was voided.' },
  code: (code) => `Code of the terminal: ${code}.`,
  recoverFirst: 'Do not do it again. Run: motcua terminal recover, with the same --protocol, --to and --journal.',
  nothingUnknown: 'Nothing is unknown.',
  noTransaction: 'The terminal has no transaction yet.',
  dayClosed: (count, amount) => `Day closed: ${count} transactions, ${amount}.`,
  dayClosedOnPaper: 'Day closed. The totals are on the slip of the terminal.',
  difference: (what, terminal, journal) => `${what === 'count' ? 'Transactions' : 'Amount'}: terminal ${terminal}, journal ${journal}.`,
  dayDiffers: 'The day is closed but terminal and journal differ. Compare with the slips of the terminal.',
  journalBusy: 'Another command is using this journal file. Wait until it is done.',
  journalDamaged: (line) => `The journal file is damaged in line ${line}. Keep it, use a new one, and compare with the slips of the terminal.`,
  journalUnusable: (why) => `The journal file cannot be written (${why}). Check path, permissions and disk. Nothing was sent to the terminal.`,
  otherAmount: (amount) => `This reference was used for ${amount}. Use a new one.`,
  notInJournal: (reference) => `The file holds no unknown payment with the reference "${reference}".`,
  badAmount: '--amount is an integer number of đồng, from 1, at most twelve digits on the terminal.',
  badReference: '--reference has 1 to 20 letters, digits or signs, no blanks.',
  badReceipt: '--receipt is the number of the terminal’s receipt, digits only.',
  badAddress: (address) => `"${address}" is not an address. Examples: serial:/dev/ttyUSB0?baud=9600, tcp://192.168.1.60:20007.`,
  badProfile: '--profile or --password is wrong: a ZVT password has six digits; profiles are in native/terminal.',
  noQr: 'This terminal does not sell by QR code: only --protocol ecr with the profile of a bank that has it. Leave --qr out, or check --profile. Nothing was sent to the terminal.',
  decidedNeedsReference: '--decided needs the --reference of that payment.',
  badFault: (names) => `--fault takes: ${names}`,
}

/** Messages in Vietnamese unless English was asked for. */
export function terminalMessages(lang: 'vi' | 'en'): TerminalMessages {
  return lang === 'en' ? en : vi
}
