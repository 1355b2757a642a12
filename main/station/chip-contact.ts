import type { StationConfig } from '#main/config.ts'
import { openChipReader } from '#native/reader/chip/open-reader.ts'
import { TransportError } from '#native/transport/transport.ts'
import type { LastContact } from './last-contact.ts'

type Reader = Awaited<ReturnType<typeof openChipReader>>

/** Opens the contactless reader; `contact` hears how that went, unless it was given up by somebody. Rejects like `openChipReader`. */
export async function openNotedReader({ kind, address }: NonNullable<StationConfig['chipReader']>, contact: LastContact, signal: AbortSignal): Promise<Reader> {
  try {
    const reader = await openChipReader(kind, address, { signal })
    contact.heard('ok', 'ok', reader.name)
    return reader
  } catch (error) {
    const timeUp = signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
    if (!signal.aborted || timeUp) contact.heard('down', error instanceof TransportError ? error.code : 'unreachable')
    throw error
  }
}
