import type { Answer } from './answers.ts'
import type { Link } from './link.ts'
import { statusOf, type PrinterProblem } from './status.ts'

/**
 * `printed`: the printer proved it (`reason` says how: `process-id`, or the weaker `paper-answer`). `sent`: every byte left us and this printer can't tell.
 * `failed`: nothing went out. `unknown`: something went out, and whether it is on paper only a person can see.
 */
export interface PrintOutcome {
  readonly outcome: 'printed' | 'sent' | 'failed' | 'unknown'
  /** Bytes that went out to the device. */
  readonly bytes: number
  readonly reason: string
}

/** What the proof of a job looks like. */
export type Proof = { readonly kind: 'process-id'; readonly id: string } | { readonly kind: 'paper-answer' } | { readonly kind: 'none' }

export interface Job {
  /** Pieces that end where a command ends (`chunksOf`). */
  readonly chunks: readonly Uint8Array[]
  readonly proof: Proof
  /** How long paper, cover or a stalled line may keep it waiting. */
  readonly waitMs: number
  /** The same before the first byte, when another printer could still take the job. */
  readonly startMs: number
  /** From the last byte to the proof, while the printer is well. */
  readonly proofMs: number
  /** Slowest that a chunk may take on a healthy line. */
  readonly chunkMs: number
  /** Ask for the state now and then while it lasts. */
  readonly poll: boolean
  readonly signal: AbortSignal | null
}

type Event = 'answer' | 'closed' | 'aborted' | 'tick' | 'written' | 'write-failed'
const pollMs = 400
const askMs = 700

/** The bytes that ask for the proof, sent behind the job. */
export function proofRequest(proof: Proof): Uint8Array {
  if (proof.kind === 'process-id') return Uint8Array.from([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, ...proof.id].map((part) => (typeof part === 'string' ? part.charCodeAt(0) : part)))
  return proof.kind === 'paper-answer' ? Uint8Array.of(0x1d, 0x72, 1) : new Uint8Array()
}

const proves = (proof: Proof, answer: Answer): boolean =>
  (proof.kind === 'process-id' && answer.kind === 'process-id' && answer.id === proof.id) || (proof.kind === 'paper-answer' && answer.kind === 'paper')

/** Sends one job over a link and waits for its proof. Never rejects. Only one runs on a link at a time. */
export async function runJob(link: Link, job: Job): Promise<PrintOutcome> {
  let sent = 0
  let started = false
  /** The last piece, which asks for the proof, is on its way: an answer before it is none. */
  let asked = false
  let proven = false
  let wake: (event: Event) => void = () => undefined
  const unsubscribe = link.onAnswer((answer) => {
    if (answer && asked && !(answer.kind === 'paper' && link.chatters()) && proves(job.proof, answer)) proven = true
    wake(answer ? 'answer' : 'closed')
  })
  const onAbort = (): void => wake('aborted')
  job.signal?.addEventListener('abort', onAbort, { once: true })

  const problem = (): PrinterProblem | null => {
    const sensors = link.sensors()
    return sensors ? statusOf(sensors).error : null
  }
  const broken = (): string | null => (job.signal?.aborted ? 'cancelled' : link.isOpen() ? null : 'connection-lost')
  const end = (reason: string): PrintOutcome => ({ outcome: started ? 'unknown' : 'failed', bytes: sent, reason })
  const event = (ms: number): Promise<Event> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve('tick'), Math.max(1, ms))
      wake = (kind) => {
        clearTimeout(timer)
        resolve(kind)
      }
    })
  let polled = performance.now()
  const poll = async (): Promise<void> => {
    if (performance.now() - polled < pollMs || !link.sensors()) return
    await link.probe(askMs)
    polled = performance.now()
  }

  /** Waits while the printer is stopped; the reason when it stays so. */
  const untilReady = async (waitMs: number): Promise<string | null> => {
    const deadline = performance.now() + waitMs
    while (!broken() && problem()) {
      if (performance.now() >= deadline) return problem()
      await event(Math.min(150, deadline - performance.now()))
      await poll()
    }
    return broken()
  }

  const writeChunk = async (chunk: Uint8Array): Promise<string | null> => {
    let state: Event | null = null
    started = true
    const writing = link.transport.write(chunk).then(
      () => void (state = 'written'),
      () => void (state = 'write-failed'),
    )
    const limit = job.chunkMs + job.waitMs
    const from = performance.now()
    await Promise.race([writing, event(job.chunkMs)])
    while (state === null && !broken() && performance.now() - from < limit) await Promise.race([writing, event(250)])
    if (state === 'written') sent += chunk.length
    return state === 'written' ? null : (broken() ?? (state === 'write-failed' ? 'connection-lost' : (problem() ?? 'stalled')))
  }

  const send = async (): Promise<string | null> => {
    for (const [index, chunk] of job.chunks.entries()) {
      if (job.poll) await poll()
      const stop = broken() ?? (problem() ? await untilReady(started ? job.waitMs : job.startMs) : null)
      if (stop) return stop
      asked = job.proof.kind !== 'none' && index === job.chunks.length - 1
      if (asked && job.proof.kind === 'paper-answer') link.expectPaper()
      const failure = await writeChunk(chunk)
      if (failure) return failure
    }
    return null
  }

  const awaitProof = async (): Promise<PrintOutcome> => {
    let deadline = performance.now() + job.proofMs
    while (!proven) {
      if (problem()) {
        const stop = await untilReady(job.waitMs)
        if (proven) break
        if (stop) return end(stop)
        deadline = performance.now() + job.proofMs
      }
      if (broken()) return end(broken() ?? '')
      if (performance.now() >= deadline) {
        // a printer that answered everything but the proof may have lost the job; one that never says anything just can't tell
        return job.proof.kind === 'process-id' && link.sensors() ? end('no-proof') : { outcome: 'sent', bytes: sent, reason: 'no-answer' }
      }
      await event(Math.min(250, deadline - performance.now()))
      if (job.poll) await poll()
    }
    return { outcome: 'printed', bytes: sent, reason: job.proof.kind }
  }

  try {
    const failure = await send()
    if (failure) return end(failure)
    return job.proof.kind === 'none' ? { outcome: 'sent', bytes: sent, reason: 'no-back-channel' } : await awaitProof()
  } finally {
    unsubscribe()
    job.signal?.removeEventListener('abort', onAbort)
  }
}
