import { createCanvas } from '@napi-rs/canvas'

/** The paper: rows of dots, one byte a dot, growing downwards. */
export class Strip {
  readonly width: number
  #rows: Uint8Array[] = []

  constructor(width: number) {
    this.width = width
  }

  get height(): number {
    return this.#rows.length
  }

  feed(rows: number): void {
    for (let row = 0; row < rows; row++) this.#rows.push(new Uint8Array(this.width))
  }

  dot(x: number, y: number): void {
    while (y >= this.#rows.length) this.feed(1)
    const row = this.#rows[y]
    if (row && x >= 0 && x < this.width) row[x] = 1
  }

  /** Black dots of a row range. */
  ink(from = 0, to = this.#rows.length): number {
    return this.#rows.slice(from, to).reduce((sum, row) => sum + row.reduce((dots, dot) => dots + dot, 0), 0)
  }

  toPng(): Buffer {
    const height = Math.max(1, this.height)
    const canvas = createCanvas(this.width, height)
    const context = canvas.getContext('2d')
    const image = context.createImageData(this.width, height)
    image.data.fill(255)
    for (const [y, row] of this.#rows.entries()) {
      for (let x = 0; x < this.width; x++) if (row[x]) image.data.fill(0, (y * this.width + x) * 4, (y * this.width + x) * 4 + 3)
    }
    context.putImageData(image, 0, 0)
    return canvas.toBuffer('image/png')
  }
}
