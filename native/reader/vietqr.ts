import type { VietQr, WrongVietQr } from './scan.ts'

/** NAPAS, as the application identifier of a VietQR account (NAPAS QR format 1.0). */
const napas = 'A000000727'

/** CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) as EMVCo QR codes carry it, four hexadecimal digits. */
export function qrChecksum(bytes: Uint8Array): string {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

/** Two digits of id, two of length, the value; null when that isn't how the text is made, or an id comes twice. */
function readElements(text: string): ReadonlyMap<string, string> | null {
  const elements = new Map<string, string>()
  for (let at = 0; at < text.length; ) {
    const head = /^(\d\d)(\d\d)$/.exec(text.slice(at, at + 4))
    const end = at + 4 + Number(head?.[2])
    if (!head?.[1] || end > text.length || elements.has(head[1])) return null
    elements.set(head[1], text.slice(at + 4, end))
    at = end
  }
  return elements
}

/** The elements of a whole code, none when it is no such. Lengths count characters, or else bytes of UTF-8: EMVCo leaves it open. */
function readCode(text: string): ReadonlyMap<string, string> {
  const bytewise = (): ReturnType<typeof readElements> => readElements(Buffer.from(text).toString('latin1'))
  return readElements(text) ?? new Map([...(bytewise() ?? [])].map(([id, value]) => [id, Buffer.from(value, 'latin1').toString()]))
}

/** Đồng; null without an amount, NaN when it is none. */
function readAmount(text: string | undefined): number | null {
  if (text === undefined) return null
  return /^\d{1,13}(\.0{1,2})?$/.test(text) ? Number(text) : Number.NaN
}

const wrong = (problem: WrongVietQr['problem']): WrongVietQr => ({ problem })

/** The verdict on a line: a transfer by VietQR, one that isn't right, or null when it is another code, also one for another payment system. */
export function readVietQr(text: string): VietQr | WrongVietQr | null {
  if (!text.startsWith('000201') || !text.includes(napas)) return null
  const elements = readCode(text)
  if (elements.size === 0) return wrong('incomplete')
  const holder = readElements(elements.get('38') ?? '')
  if (holder?.get('00') !== napas) return null
  if (elements.get('63')?.toUpperCase() !== qrChecksum(Buffer.from(text.slice(0, -4)))) return wrong('checksum')
  const account = readElements(holder.get('01') ?? '')
  const [bin = '', number = ''] = [account?.get('00'), account?.get('01')]
  if (!/^\d{6}$/.test(bin) || !/^[0-9A-Za-z]{1,19}$/.test(number)) return wrong('account')
  const amount = readAmount(elements.get('54'))
  if (Number.isNaN(amount) || elements.get('53') !== '704') return wrong('amount')
  return { bin, account: number, amount, purpose: readElements(elements.get('62') ?? '')?.get('08') ?? null }
}
