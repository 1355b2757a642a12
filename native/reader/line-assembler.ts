/** Bytes of a scanner to lines. Pure: the caller owns the clock and says when the line fell silent. */

/** A finished line without its terminator, or the notice that one was longer than any code and was thrown away. */
export type AssembledLine = { readonly kind: 'line'; readonly bytes: Uint8Array } | { readonly kind: 'too-long' }

export interface LineAssembler {
  /** Takes any slice of the stream and gives the lines that it finished. */
  push(bytes: Uint8Array): readonly AssembledLine[]
  /** Ends the line that is being received: the scanner sends no terminator, or stopped half way. */
  silence(): readonly AssembledLine[]
  /** The unfinished line as Latin-1, for looking only. */
  pending(): string
  /** Control bytes that were taken out so far: a code that carries key strokes never reaches a field. */
  controlsRemoved(): number
}

/** No code that we know is near this; a scanner held on a page of barcodes is. */
export const maxLineBytes = 4096

const terminators = new Set([0x0d, 0x0a, 0x09, 0x02, 0x03])
const groupSeparator = 0x1d

/** CR, LF, CRLF, TAB, ETX end a line and STX begins one; empty lines are none. GS stays, it separates the elements of GS1 codes. */
export function createLineAssembler(): LineAssembler {
  let buffer: number[] = []
  let discarding = false
  let controls = 0

  const take = (): readonly AssembledLine[] => {
    const bytes = Uint8Array.from(buffer)
    const tooLong = discarding
    buffer = []
    discarding = false
    if (tooLong) return [{ kind: 'too-long' }]
    return bytes.length === 0 ? [] : [{ kind: 'line', bytes }]
  }

  const receive = (byte: number) => {
    if (byte < 0x20 && byte !== groupSeparator) {
      if (byte !== 0) controls++
      return
    }
    if (byte === 0x7f) controls++
    else if (buffer.length >= maxLineBytes) discarding = true
    else buffer.push(byte)
  }

  return {
    push(bytes) {
      const lines: AssembledLine[] = []
      for (const byte of bytes) {
        if (terminators.has(byte)) lines.push(...take())
        else receive(byte)
      }
      return lines
    },
    silence: take,
    pending: () => Buffer.from(buffer).toString('latin1'),
    controlsRemoved: () => controls,
  }
}
