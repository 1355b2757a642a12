import type { Transport } from '#native/transport/transport.ts'
import type { Answer } from './answers.ts'
import { createLink, type Link } from './link.ts'
import { findProfile, type PrinterProfile } from './profile.ts'
import { statusOf, type PrinterStatus } from './status.ts'

/** What a printer told of itself. */
export interface PrinterFacts {
  /** Ways in which it answers: `dle-eot`, `asb`, `paper-answer`, `process-id`. */
  readonly answers: readonly string[]
  readonly vendor: string | null
  readonly model: string | null
  /** Profile to begin with, null when it answers nothing (then: the generic one of its paper width). */
  readonly profile: string | null
  readonly status: PrinterStatus
}

const waitMs = 700

function ask(link: Link, bytes: readonly number[], wanted: Answer['kind']): Promise<Answer | null> {
  return new Promise((resolve) => {
    const finish = (answer: Answer | null): void => {
      clearTimeout(timer)
      unsubscribe()
      resolve(answer)
    }
    const timer = setTimeout(() => finish(null), waitMs)
    const unsubscribe = link.onAnswer((answer) => {
      if (answer === null || answer.kind === wanted) finish(answer)
    })
    link.transport.write(Uint8Array.from(bytes)).catch(() => finish(null))
  })
}

function guess(vendor: string | null, model: string | null, asb: boolean): PrinterProfile | null {
  const name = `${vendor ?? ''} ${model ?? ''}`.toUpperCase()
  if (/TM-?T88/.test(name)) return findProfile('epson-tm-t88')
  if (name.includes('EPSON') || name.includes('TM-')) return findProfile('epson-tm-t82')
  return findProfile(/XP|XPRINTER/.test(name) && asb ? 'xprinter-xp-80' : 'generic-80')
}

/** Asks a printer for its name and for all that it can answer; prints nothing. Takes at most a few seconds. */
export async function probePrinter(transport: Transport): Promise<PrinterFacts> {
  const link = createLink(transport, { names: true })
  const answers: string[] = []
  const realTime = await link.probe(waitMs)
  if (realTime) answers.push('dle-eot')
  const textOf = async (n: number): Promise<string | null> => {
    const answer = await ask(link, [0x1d, 0x49, n], 'text')
    return answer?.kind === 'text' ? answer.text : null
  }
  const status = statusOf(link.sensors())
  // a stopped printer keeps what isn't real-time in its buffer: nothing more to learn now
  const usable = status.error === null
  if (usable && (await ask(link, [0x1d, 0x61, 0xff], 'asb'))) answers.push('asb')
  const vendor = usable ? await textOf(66) : null
  const model = usable ? await textOf(67) : null
  if (usable && (await ask(link, [0x1d, 0x72, 1], 'paper'))) answers.push('paper-answer')
  // others than Epson may print an unknown command as letters
  const epson = /EPSON|TM-/i.test(`${vendor ?? ''}${model ?? ''}`)
  if (epson && (await ask(link, [0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x50, 0x52, 0x4f, 0x42], 'process-id'))) answers.push('process-id')
  const profile = answers.length > 0 && usable ? guess(vendor, model, answers.includes('asb')) : null
  return { answers, vendor, model, profile: profile?.id ?? null, status: statusOf(link.sensors()) }
}
