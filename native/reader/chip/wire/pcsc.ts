import { setTimeout as delay } from 'node:timers/promises'
import type { CardChannel, ChipReader, ConnectOptions } from '../card-channel.ts'
import { ChipError } from '../chip-error.ts'
import { loadPcsc, pcscStatus, type PcscHandle, type PcscLibrary } from './pcsc-library.ts'

const pollMs = 250
/** Longer than any card takes; a driver that hangs must not hang the counter. */
const answerMs = 8_000

const statusText = (status: number): string => `PC/SC ${status.toString(16).toUpperCase().padStart(8, '0')}`

function checkService(status: number): void {
  if (status === pcscStatus.ok) return
  const missing = status === pcscStatus.noService || status === pcscStatus.serviceStopped
  throw new ChipError(missing ? 'no-pcsc' : 'reader-refused', statusText(status))
}

/** Readers with a slot for a card and a field list both; the field is the one whose name says so. */
function pick(names: readonly string[], wanted: string): string {
  const fitting = names.filter((name) => name.toLowerCase().includes(wanted.toLowerCase()))
  const found = fitting.find((name) => /contactless|picc|nfc|\bCL\b/i.test(name)) ?? fitting[0]
  if (found === undefined) throw new ChipError('no-reader', wanted)
  return found
}

async function readerName(library: PcscLibrary, context: PcscHandle, wanted: string): Promise<string> {
  const { status, names } = await library.listReaders(context)
  if (status !== pcscStatus.noReaders) checkService(status)
  return pick(names, wanted)
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const timer = new AbortController()
  const late = delay(answerMs, undefined, { signal: timer.signal, ref: false }).then(() => Promise.reject(new ChipError('reader-silent', 'PC/SC')))
  return Promise.race([work, late]).finally(() => {
    late.catch(() => undefined)
    timer.abort()
  })
}

/** Tries until a card answers: the only way that is the same on all three systems. */
async function waitForCard(library: PcscLibrary, context: PcscHandle, name: string, { waitMs, signal }: ConnectOptions) {
  for (const until = performance.now() + waitMs; ; ) {
    const found = await inTime(library.connect(context, name))
    if (found.status === pcscStatus.ok) return found
    if (found.status === pcscStatus.unknownReader || found.status === pcscStatus.readerUnavailable) throw new ChipError('reader-lost', name)
    if (signal?.aborted || performance.now() >= until) throw new ChipError(found.status === pcscStatus.sharing ? 'reader-refused' : 'no-card', statusText(found.status))
    await delay(pollMs)
  }
}

/**
 * A reader behind the system's PC/SC service (USB readers such as the ACR122U). `wanted` is part of its name, empty for the first contactless one. Throws
 * `ChipError` `no-pcsc`, `no-reader`.
 */
export async function openPcsc(wanted: string): Promise<ChipReader> {
  const library = await loadPcsc()
  const { status, context } = await library.establish()
  checkService(status)
  let card: PcscHandle | null = null
  let open = true
  const letGo = async (): Promise<void> => {
    const held = card
    card = null
    if (held !== null) await library.disconnect(held)
  }
  const close = async (): Promise<void> => {
    if (!open) return
    open = false
    await letGo()
    await library.release(context)
  }
  const name = await readerName(library, context, wanted).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    name,
    close,
    async connect(options): Promise<CardChannel> {
      await letGo()
      const { card: handle, protocol } = await waitForCard(library, context, name, options)
      card = handle
      return {
        async transmit(apdu) {
          const { status: result, answer } = await inTime(library.transmit(handle, protocol, apdu))
          if (result === pcscStatus.readerUnavailable || result === pcscStatus.noService) throw new ChipError('reader-lost', name)
          if (result !== pcscStatus.ok) throw new ChipError('card-lost', statusText(result))
          return answer
        },
      }
    },
  }
}
