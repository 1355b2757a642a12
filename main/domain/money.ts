/** Money is a whole number of đồng everywhere. */

/** `16.000 đ`; a negative amount keeps its minus. */
export function formatMoney(dong: number): string {
  return `${formatNumber(dong)} đ`
}

/** `16.000`, grouped by points. */
export function formatNumber(value: number): string {
  const digits = String(Math.abs(Math.trunc(value))).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
  return value < 0 ? `-${digits}` : digits
}

const digitWords = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const word = (digit: number) => digitWords[digit] ?? ''

function unitWord(tens: number, unit: number): string {
  if (unit === 1 && tens >= 2) return 'mốt'
  if (unit === 5 && tens >= 1) return 'lăm'
  return word(unit)
}

/** Words of 1–999; `inner` says that a bigger group stands before it, so that zeros are spoken. */
function group(value: number, inner: boolean): string[] {
  const [hundreds, tens, unit] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10]
  const words: string[] = hundreds > 0 || inner ? [word(hundreds), 'trăm'] : []
  if (tens > 1) words.push(word(tens), 'mươi')
  if (tens === 1) words.push('mười')
  if (tens === 0 && unit > 0 && words.length > 0) words.push('linh')
  if (unit > 0) words.push(unitWord(tens, unit))
  return words
}

function below9Zeros(value: number, inner: boolean): string[] {
  const words: string[] = []
  const scales = [
    [1_000_000, 'triệu'],
    [1_000, 'nghìn'],
    [1, ''],
  ] as const
  for (const [scale, name] of scales) {
    const part = Math.floor(value / scale) % 1000
    if (part === 0) continue
    words.push(...group(part, inner || words.length > 0), name)
  }
  return words
}

function numberWords(value: number, inner: boolean): string[] {
  const billions = Math.floor(value / 1_000_000_000)
  if (billions === 0) return below9Zeros(value, inner)
  return [...numberWords(billions, inner), 'tỷ', ...below9Zeros(value % 1_000_000_000, true)]
}

/** A whole number in Vietnamese words, northern manner (`linh`): 274207000 → `hai trăm bảy mươi bốn triệu hai trăm linh bảy nghìn`. */
export function numberInWords(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`)
  if (value === 0) return 'không'
  const words = numberWords(Math.abs(value), false).filter((text) => text !== '')
  return (value < 0 ? ['âm', ...words] : words).join(' ')
}

/** `Mười sáu nghìn đồng`, as receipts write it (domain.md 3.8). */
export function moneyInWords(dong: number): string {
  const words = numberInWords(dong)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} đồng`
}
