import { openTransport } from '#native/transport/open.ts'
import type { Transport } from '#native/transport/transport.ts'
import { wrongSpeedNoise } from './connection.ts'
import { createLink, type Link } from './link.ts'
import { findProfile, type PrinterProfile } from './profile.ts'
import { statusOf, type PrinterStatus } from './status.ts'

/** What a printer calls itself (`1D 49`); null where it doesn't say. */
export interface PrinterName {
  readonly vendor: string | null
  readonly model: string | null
  readonly firmware: string | null
}

/** What a printer told of itself. */
export interface PrinterFacts extends PrinterName {
  /** Ways in which it answers: `dle-eot`, `asb`, `paper-answer`, `process-id`. */
  readonly answers: readonly string[]
  /** Profile to begin with, null when it answers nothing (then: the generic one of its paper width). */
  readonly profile: string | null
  readonly status: PrinterStatus
  /** It sends bytes that mean nothing: another speed or parity than its own. */
  readonly garbled: boolean
}

const waitMs = 700
export const noName: PrinterName = { vendor: null, model: null, firmware: null }

/** Asks an idle printer for maker, model and firmware; a stopped one would answer only when it goes on. */
export async function askName(link: Link): Promise<PrinterName> {
  const textOf = async (n: number): Promise<string | null> => (await link.ask([0x1d, 0x49, n], 'text', waitMs))?.text ?? null
  return { vendor: await textOf(66), model: await textOf(67), firmware: await textOf(65) }
}

function guess({ vendor, model }: PrinterName, asb: boolean): PrinterProfile | null {
  const name = `${vendor ?? ''} ${model ?? ''}`.toUpperCase()
  if (/TM-?T88/.test(name)) return findProfile('epson-tm-t88')
  if (name.includes('EPSON') || name.includes('TM-')) return findProfile('epson-tm-t82')
  return findProfile(/XP|XPRINTER/.test(name) && asb ? 'xprinter-xp-80' : 'generic-80')
}

/** Asks a printer for its name and for all that it can answer; prints nothing. Takes at most a few seconds. */
export async function probePrinter(transport: Transport): Promise<PrinterFacts> {
  const link = createLink(transport)
  const answers: string[] = []
  if ((await link.probe(waitMs)) || (link.noise() > 0 && (await link.probe(waitMs)))) answers.push('dle-eot')
  // a stopped printer keeps what isn't real-time in its buffer: nothing more to learn now
  const usable = statusOf(link.sensors()).error === null
  if (usable && (await link.ask([0x1d, 0x61, 0xff], 'asb', waitMs))) answers.push('asb')
  const name = usable ? await askName(link) : noName
  if (usable && (await link.ask([0x1d, 0x72, 1], 'paper', waitMs))) answers.push('paper-answer')
  // others than Epson may print an unknown command as letters
  const epson = /EPSON|TM-/i.test(`${name.vendor ?? ''}${name.model ?? ''}`)
  if (epson && (await link.ask([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x50, 0x52, 0x4f, 0x42], 'process-id', waitMs))) answers.push('process-id')
  const profile = answers.length > 0 && usable ? guess(name, answers.includes('asb')) : null
  return { answers, ...name, profile: profile?.id ?? null, status: statusOf(link.sensors()), garbled: link.noise() >= wrongSpeedNoise }
}

const speeds = [9_600, 19_200, 38_400, 57_600, 115_200] as const

function withSpeed(address: string, speed: number): string {
  const [base = '', query = ''] = address.split('?', 2)
  const options = new URLSearchParams(query)
  options.set('baud', String(speed))
  return `${base}?${options.toString()}`
}

/** The serial address at whose speed the printer answers, tried one after the other; null when it answers at none. Takes up to five seconds. */
export async function findSpeed(address: string): Promise<string | null> {
  for (const speed of speeds) {
    const tried = withSpeed(address, speed)
    const transport = await openTransport(tried).catch(() => null)
    if (!transport) return null
    const answered = await createLink(transport).probe(waitMs, [1])
    await transport.close()
    if (answered) return tried
  }
  return null
}
