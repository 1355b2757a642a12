import { createReadStream } from 'node:fs'
import type { Transform } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { BackupError } from './format.ts'

/** Rows are handed on in pieces of about this many bytes. */
const pieceBytes = 4_000_000
const endOfRows = Buffer.from('\\.\n')

/** Reads the plain text of a backup, line by line or table by table. Throws BackupError when the file is missing, damaged, or ends too early. */
export class BackupReader {
  readonly #source: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(file: string) {
    const plain: Transform = createZstdDecompress()
    const packed = createReadStream(file)
    packed.on('error', (error) => plain.destroy(error))
    this.#source = (packed.pipe(plain) as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  }

  /** The next line as JSON. */
  async json(): Promise<unknown> {
    let end: number
    while ((end = this.#rest.indexOf('\n')) === -1) await this.#more()
    const text = this.#rest.subarray(0, end).toString('utf8')
    this.#rest = this.#rest.subarray(end + 1)
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new BackupError('not-a-backup', [], error)
    }
  }

  /** The rows of the table whose head was just read, in pieces of whole lines. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.#rest.subarray(0, endOfRows.length).equals(endOfRows)) {
        this.#rest = this.#rest.subarray(endOfRows.length)
        return
      }
      // A row never is `\.`: COPY doubles every backslash of the data.
      const end = this.#rest.indexOf('\n\\.\n')
      const whole = end === -1 ? this.#rest.lastIndexOf('\n') : end
      if (whole === -1 || (end === -1 && this.#rest.length < pieceBytes)) await this.#more()
      else {
        yield this.#rest.subarray(0, whole + 1)
        this.#rest = this.#rest.subarray(whole + 1)
      }
    }
  }

  async close(): Promise<void> {
    await this.#source.return?.()
  }

  async #more(): Promise<void> {
    const next = await this.#source.next().catch((error: unknown) => {
      throw fault(error)
    })
    if (next.done) throw new BackupError('damaged', ['the file ends too early'])
    this.#rest = Buffer.concat([this.#rest, next.value])
  }
}

function fault(error: unknown): BackupError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES') return new BackupError('missing', [], error)
  return new BackupError(code === 'ZSTD_error_prefix_unknown' ? 'not-a-backup' : 'damaged', [error instanceof Error ? error.message : String(error)], error)
}
