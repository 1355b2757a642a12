/** One command or one printed byte, with all its bytes. Real-time commands are marked: they act at once, past the buffer. */
export interface Token {
  readonly name: string
  readonly bytes: Uint8Array
  readonly realTime: boolean
}

/** Bytes after the two (or three) that name a command, where that count is fixed. */
const fixedArguments: Readonly<Record<string, number>> = {
  'ESC @': 0, 'ESC 2': 0, 'ESC <': 0, 'ESC i': 0, 'ESC m': 0, 'ESC p': 3, 'ESC $': 2, 'ESC \\': 2, 'ESC c': 2, 'ESC B': 2, 'FS .': 0, 'FS &': 0, 'FS p': 2,
  'GS P': 2, 'GS L': 2, 'GS W': 2, 'GS $': 2, 'GS \\': 2, 'GS :': 0,
}
const leaders: Readonly<Record<number, string>> = { 0x1b: 'ESC', 0x1d: 'GS', 0x1c: 'FS' }

/** Length of the command at the start of `data`; 0 while more bytes are needed to know. */
function commandLength(name: string, data: readonly number[]): number {
  const word = (at: number): number => (data[at] ?? 0) + 256 * (data[at + 1] ?? 0)
  if (name === 'GS v') return data.length < 8 ? 0 : 8 + word(4) * word(6)
  if (name === 'ESC *') return data.length < 5 ? 0 : 5 + word(3) * ((data[2] ?? 0) >= 32 ? 3 : 1)
  if (name === 'GS (' || name === 'ESC (' || name === 'FS (') return data.length < 5 ? 0 : 5 + word(3)
  if (name === 'GS 8') return data.length < 7 ? 0 : 7 + word(3) + 65_536 * word(5)
  if (name === 'GS V') return data.length < 3 ? 0 : (data[2] ?? 0) >= 65 ? 4 : 3
  if (name === 'GS k') {
    if (data.length < 4) return 0
    if ((data[2] ?? 0) >= 65) return 4 + (data[3] ?? 0)
    const end = data.indexOf(0, 3)
    return end < 0 ? 0 : end + 1
  }
  if (name === 'ESC D') {
    const end = data.indexOf(0, 2)
    return end < 0 ? 0 : end + 1
  }
  return 2 + (fixedArguments[name] ?? 1)
}

function realTimeLength(data: readonly number[]): number {
  if (data.length < 2) return 0
  if (data[1] === 0x14) return data.length < 3 ? 0 : data[2] === 8 ? 10 : 5
  return data[1] === 0x04 || data[1] === 0x05 ? 3 : 1
}

/** Cuts the stream into tokens; keeps what is not complete. */
export class Lexer {
  #data: number[] = []

  push(bytes: Uint8Array): readonly Token[] {
    for (const byte of bytes) this.#data.push(byte)
    const tokens: Token[] = []
    let at = 0
    while (at < this.#data.length) {
      // a header is at most eight bytes; text-like ends need the rest
      const window = this.#data.slice(at, at + 300)
      const first = window[0] ?? 0
      const leader = leaders[first]
      let name = 'byte'
      let length = 1
      if (first === 0x10) {
        name = `DLE ${window[1] ?? ''}`
        length = realTimeLength(window)
      } else if (leader !== undefined) {
        name = window.length < 2 ? leader : `${leader} ${String.fromCharCode(window[1] ?? 0)}`
        length = window.length < 2 ? 0 : commandLength(name, window)
      }
      if (length === 0 || at + length > this.#data.length) break
      tokens.push({ name, bytes: Uint8Array.from(this.#data.slice(at, at + length)), realTime: first === 0x10 && length > 1 })
      at += length
    }
    this.#data = this.#data.slice(at)
    return tokens
  }
}
