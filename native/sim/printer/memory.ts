/** A picture kept in the printer: bytes of a row, rows, dots. */
export interface StoredPicture {
  readonly stride: number
  readonly rows: number
  readonly dots: Uint8Array
}

/** The memory that outlasts switching off (`GS ( L` and `GS 8 L`, functions 64, 67 and 69). */
export class PictureMemory {
  readonly #pictures = new Map<string, StoredPicture>()
  /** How often it was written: flash wears out. */
  writes = 0

  /** Function 67; `data` begins with m fn a kc1 kc2 b xL xH yL yH c. */
  define(data: Uint8Array): void {
    const [, , , one = 0, two = 0, , xl = 0, xh = 0, yl = 0, yh = 0] = data
    const stride = (xl + 256 * xh + 7) >> 3
    this.#pictures.set(String.fromCharCode(one, two), { stride, rows: yl + 256 * yh, dots: data.slice(11) })
    this.writes++
  }

  find(key: string): StoredPicture | undefined {
    return this.#pictures.get(key)
  }

  /** The answer to function 64. */
  list(): readonly number[] {
    return [0x37, 0x72, 0x40, ...Buffer.from([...this.#pictures.keys()].slice(0, 40).join('')), 0]
  }
}
