import type { Socket } from 'node:net'

/** An office has some thirty screens and stations; more is somebody who only opens connections. */
const mostOfAll = 500
/** Of one address: the phones behind the office's Wi-Fi come from one, too. */
const mostOfOne = 250

/** Counts the connections of other machines, so that one of them can't take them all. This machine's own screens always come in. */
export class Callers {
  readonly #ofEach = new Map<string, number>()
  #all = 0

  /** False when this connection is one too many. */
  enter(socket: Socket): boolean {
    const { remoteAddress: from = '', localAddress } = socket
    if (from === localAddress) return true
    const count = this.#ofEach.get(from) ?? 0
    if (this.#all >= mostOfAll || count >= mostOfOne) return false
    this.#all += 1
    this.#ofEach.set(from, count + 1)
    socket.once('close', () => this.#left(from))
    return true
  }

  #left(from: string): void {
    const count = (this.#ofEach.get(from) ?? 1) - 1
    this.#all -= 1
    if (count > 0) this.#ofEach.set(from, count)
    else this.#ofEach.delete(from)
  }
}
