import { PeerAwayError, type PeerAnswer, type PeerClient, type PeerRequest } from '#sync/http-client.ts'
import type { LookUp, Network } from './network.ts'
import { currentProcess, type SimProcess } from './process.ts'
import type { Timeline } from './timeline.ts'

/** A request as the other side gets it. */
export interface Arrival {
  readonly path: string
  readonly encoding: string
  readonly body: Uint8Array
  /** Machine that sent it. */
  readonly from: string
}

export interface Line {
  readonly timeline: Timeline
  readonly network: Network
  readonly lookUp: LookUp
  readonly answer: (process: SimProcess, arrival: Arrival) => Promise<PeerAnswer>
}

/** As the product's own HTTP client: a line that swallows packets is given up after this. */
const connectMs = 4_000

/** The product's port for requests to a peer, over the simulated network instead of HTTP. */
export function httpLine(line: Line, from: string, to: () => string): PeerClient {
  return { post: (request) => new Promise((resolve, reject) => exchange(line, from, to(), request, resolve, reject)), close: () => undefined }
}

function exchange(line: Line, from: string, to: string, request: PeerRequest, resolve: (answer: PeerAnswer) => void, reject: (error: unknown) => void): void {
  const { timeline, network, lookUp } = line
  const giveUp = (ms: number, why: string, silent = false) => timeline.after(ms, () => reject(new PeerAwayError(why, silent)))
  request.signal.addEventListener('abort', () => reject(new PeerAwayError('aborted', false)), { once: true })
  if (!network.reaches(from, to) || !network.reaches(to, from)) return void giveUp(connectMs, 'no connection')
  if (!lookUp(to)) return void giveUp(network.delay(), 'refused')
  const stop = giveUp(request.silenceMs, 'silent', true)
  const sender = currentProcess()
  network.send(from, to, (copy) => {
    const process = lookUp(to)
    if (!process) return
    const body = network.carry(request.body)
    const reply = (answer: PeerAnswer) => {
      if (copy > 0 || !process.alive) return
      network.send(to, from, () => {
        if (!sender?.alive) return
        stop()
        sender.run(() => resolve({ status: answer.status, body: JSON.parse(JSON.stringify(answer.body)) }))
      })
    }
    process.run(() => void line.answer(process, { path: request.path, encoding: request.encoding, body, from }).then(reply))
  })
}
