import type koffiModule from 'koffi'
import { ChipError } from '../chip-error.ts'

/** Status codes of PC/SC that something is done about; the others are told by their number. */
export const pcscStatus = {
  ok: 0,
  timeout: 0x8010000a,
  sharing: 0x8010000b,
  noCard: 0x8010000c,
  unknownReader: 0x80100009,
  readerUnavailable: 0x80100017,
  noService: 0x8010001d,
  serviceStopped: 0x8010001e,
  noReaders: 0x8010002e,
} as const

/** Handles are numbers of the size of a pointer on two systems and 32 bits on the third. */
export type PcscHandle = number | bigint

/** The calls of PC/SC that reading a card takes, as promises; each gives its status beside what it is for. */
export interface PcscLibrary {
  establish(): Promise<{ readonly status: number; readonly context: PcscHandle }>
  release(context: PcscHandle): Promise<number>
  listReaders(context: PcscHandle): Promise<{ readonly status: number; readonly names: readonly string[] }>
  /** Exclusive: nobody else may speak to the card between two of our commands. */
  connect(context: PcscHandle, reader: string): Promise<{ readonly status: number; readonly card: PcscHandle; readonly protocol: number }>
  /** Resets the card and lets it go. */
  disconnect(card: PcscHandle): Promise<number>
  transmit(card: PcscHandle, protocol: number, apdu: Uint8Array): Promise<{ readonly status: number; readonly answer: Uint8Array }>
}

/** Where the library is and how wide its numbers are: pcsc-lite uses C's `long`, Windows and macOS have 32 bits. */
interface System {
  readonly file: string
  /** Windows has two of each call that takes text. */
  readonly suffix: '' | 'A'
  readonly signed: string
  readonly word: string
  readonly handle: string
}

const systems: Readonly<Record<string, System>> = {
  win32: { file: 'winscard.dll', suffix: 'A', signed: 'int32_t', word: 'uint32_t', handle: 'uintptr_t' },
  darwin: { file: '/System/Library/Frameworks/PCSC.framework/PCSC', suffix: '', signed: 'int32_t', word: 'uint32_t', handle: 'int32_t' },
  linux: { file: 'libpcsclite.so.1', suffix: '', signed: 'long', word: 'unsigned long', handle: 'long' },
}

const [scopeSystem, shareExclusive, anyProtocol, resetCard] = [2, 1, 3, 1]
const longestAnswer = 0x10002

type Call = (...parameters: readonly unknown[]) => Promise<number>

/** Runs on a thread of koffi's: some calls wait for a card's radio. Windows and macOS give negative numbers for the same codes. */
const promised = (call: { readonly async: (...parameters: unknown[]) => void }): Call =>
  (...parameters) =>
    new Promise((resolve, reject) => {
      call.async(...parameters, (error: unknown, status: number | bigint) => {
        if (error instanceof Error) reject(error)
        else resolve(Number(status) >>> 0)
      })
    })

/** Loads the PC/SC library of the system; throws `ChipError` `no-pcsc` where there is none. */
export async function loadPcsc(): Promise<PcscLibrary> {
  const system = systems[process.platform]
  try {
    if (system === undefined) throw new Error(process.platform)
    const { default: koffi } = await import('koffi')
    return bind(koffi, system)
  } catch (error) {
    throw new ChipError('no-pcsc', system?.file ?? process.platform, error)
  }
}

function bind(koffi: typeof koffiModule, { file, suffix, signed, word, handle }: System): PcscLibrary {
  const library = koffi.load(file)
  const declare = (name: string, parameters: string): Call => promised(library.func(`${signed} ${name}(${parameters})`))
  const establish = declare('SCardEstablishContext', `${word} scope, void *a, void *b, _Out_ ${handle} *context`)
  const release = declare('SCardReleaseContext', `${handle} context`)
  const list = declare(`SCardListReaders${suffix}`, `${handle} context, void *groups, _Out_ uint8_t *names, _Inout_ ${word} *length`)
  const connect = declare(`SCardConnect${suffix}`, `${handle} context, str reader, ${word} share, ${word} protocols, _Out_ ${handle} *card, _Out_ ${word} *protocol`)
  const disconnect = declare('SCardDisconnect', `${handle} card, ${word} disposition`)
  const transmit = declare('SCardTransmit', `${handle} card, ${word} *send, uint8_t *apdu, ${word} apduLength, void *receive, _Out_ uint8_t *answer, _Inout_ ${word} *length`)
  const wordBytes = koffi.sizeof(word)
  return {
    async establish() {
      const context: PcscHandle[] = [0]
      return { status: await establish(scopeSystem, null, null, context), context: context[0] ?? 0 }
    },
    release: (context) => release(context),
    async listReaders(context) {
      const names = Buffer.alloc(4_096)
      const length = [names.length]
      const status = await list(context, null, names, length)
      return { status, names: status === pcscStatus.ok ? names.toString('utf8', 0, length[0]).split('\0').filter(Boolean) : [] }
    },
    async connect(context, reader) {
      const [card, protocol]: [PcscHandle[], number[]] = [[0], [0]]
      const status = await connect(context, reader, shareExclusive, anyProtocol, card, protocol)
      return { status, card: card[0] ?? 0, protocol: Number(protocol[0] ?? 0) }
    },
    disconnect: (card) => disconnect(card, resetCard),
    async transmit(card, protocol, apdu) {
      const answer = Buffer.alloc(longestAnswer)
      const length = [answer.length]
      const status = await transmit(card, [protocol, 2 * wordBytes], apdu, apdu.length, null, answer, length)
      return { status, answer: new Uint8Array(answer.subarray(0, status === pcscStatus.ok ? length[0] : 0)) }
    },
  }
}
