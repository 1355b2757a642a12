import { openTransport } from '#native/transport/open.ts'
import type { OpenOptions, Transport } from '#native/transport/transport.ts'
import type { ChipReader } from './card-channel.ts'
import { openAcr122s } from './wire/acr122s.ts'
import { openPcsc } from './wire/pcsc.ts'
import { openPn532 } from './wire/pn532.ts'

export const chipReaderKinds = ['acr122s', 'pn532', 'pcsc'] as const
export type ChipReaderKind = (typeof chipReaderKinds)[number]

/** A module on its UART starts at 115,200, unlike everything else on a serial line. */
function withUsualSpeed(kind: ChipReaderKind, address: string): string {
  if (kind !== 'pn532' || !address.startsWith('serial:') || /[?&]baud=/.test(address)) return address
  return `${address}${address.includes('?') ? '&' : '?'}baud=115200`
}

async function openOn(transport: Transport, kind: 'acr122s' | 'pn532'): Promise<ChipReader> {
  try {
    return await (kind === 'acr122s' ? openAcr122s(transport) : openPn532(transport))
  } catch (error) {
    await transport.close()
    throw error
  }
}

/**
 * Opens a reader: `acr122s` and `pn532` at a serial or TCP address, `pcsc` by a part of its name (empty: the first). Throws `TransportError` when the address
 * can't be opened, `ChipError` when what is there doesn't answer like such a reader.
 */
export async function openChipReader(kind: ChipReaderKind, address: string, options: OpenOptions = {}): Promise<ChipReader> {
  if (kind === 'pcsc') return openPcsc(address)
  return openOn(await openTransport(withUsualSpeed(kind, address), options), kind)
}

