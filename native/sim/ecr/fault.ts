/** What goes wrong with a simulated bank terminal. Counts are of occasions after which it behaves. */
export interface Faults {
  readonly declined: boolean
  readonly silent: boolean
  readonly garbage: boolean
  readonly duplicate: boolean
  readonly wrongAmount: boolean
  readonly otherReference: boolean
  readonly noInquiry: boolean
  /** Milliseconds until the bank answers. */
  readonly lateMs: number
  readonly naks: number
  readonly missingAcks: number
  readonly badLrcs: number
  /** Bytes from the till, or to it, after which the line breaks, once. */
  readonly cutIn: number | null
  readonly cutOut: number | null
  /** When the power fails, once. */
  readonly powerLoss: 'asked' | 'charged' | 'answered' | null
}

/** Names for `--fault`, several separated by commas, with what each does. */
export const faultHelp: Readonly<Record<string, string>> = {
  declined: 'ngân hàng từ chối',
  silent: 'máy không trả lời gì',
  garbage: 'nhiễu trước mỗi câu trả lời',
  duplicate: 'mỗi câu trả lời gửi hai lần',
  'wrong-amount': 'trả lời với số tiền khác',
  'other-reference': 'trả lời với mã giao dịch khác',
  'no-inquiry': 'không có chức năng tra giao dịch',
  'late=SECONDS': 'ngân hàng trả lời chậm',
  'nak=N': 'từ chối N khung đầu',
  'no-ack=N': 'nhận nhưng không xác nhận N khung đầu',
  'bad-lrc=N': 'N câu trả lời đầu sai LRC',
  'cut-in=BYTES': 'đứt dây sau số byte nhận được',
  'cut-out=BYTES': 'đứt dây sau số byte gửi đi',
  'power-loss=asked|charged|answered': 'mất điện khi vừa nhận lệnh, vừa trừ tiền, vừa trả lời',
}

const takesNumber = (name: string): boolean => Object.keys(faultHelp).some((one) => one.startsWith(`${name}=`) && name !== 'power-loss')
const isFlag = (name: string): boolean => name in faultHelp && !name.includes('=')

function isGood(name: string, value: string | undefined): boolean {
  if (name === 'power-loss') return value === 'asked' || value === 'charged' || value === 'answered'
  return takesNumber(name) ? /^\d+(\.\d+)?$/.test(value ?? '') : isFlag(name) && value === undefined
}

/** Reads `nak=1,late=2.5`; throws `RangeError` for what isn't a fault. */
export function parseFaults(text: string): Faults {
  const given = new Map(text.split(',').filter(Boolean).map((part): [string, string | undefined] => [part.split('=')[0] ?? '', part.split('=')[1]]))
  for (const [name, value] of given) if (!isGood(name, value)) throw new RangeError(`unknown fault: ${name}`)
  const number = (name: string): number => Number(given.get(name) ?? 0)
  const position = (name: string): number | null => (given.has(name) ? number(name) : null)
  const loss = given.get('power-loss')
  return {
    declined: given.has('declined'),
    silent: given.has('silent'),
    garbage: given.has('garbage'),
    duplicate: given.has('duplicate'),
    wrongAmount: given.has('wrong-amount'),
    otherReference: given.has('other-reference'),
    noInquiry: given.has('no-inquiry'),
    lateMs: number('late') * 1000,
    naks: number('nak'),
    missingAcks: number('no-ack'),
    badLrcs: number('bad-lrc'),
    cutIn: position('cut-in'),
    cutOut: position('cut-out'),
    powerLoss: loss === 'asked' || loss === 'charged' || loss === 'answered' ? loss : null,
  }
}
