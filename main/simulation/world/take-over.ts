import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import timersPromises from 'node:timers/promises'
import { currentProcess } from './process.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** The run that this thread is making; product code asks the platform, and the platform asks here. */
let world: { readonly timeline: Timeline; readonly random: Random } | null = null

/** From now on this thread's time and randomness are those of a run. */
export function enterWorld(timeline: Timeline, random: Random): void {
  world = { timeline, random }
}

const here = () => {
  if (!world) throw new Error('no run has begun in this thread')
  return world
}

/**
 * Puts virtual time and seeded randomness in the place of the platform's, for this thread and for good. The product's own
 * code then needs no seam for them, and none can be forgotten. Only for a worker thread that does nothing else.
 */
export function takeOverPlatform(): void {
  takeOverTime()
  takeOverTimers()
  takeOverRandomness()
  syncBuiltinESMExports()
}

function takeOverTime(): void {
  Date.now = () => Math.floor(here().timeline.now + (currentProcess()?.skew() ?? 0))
  performance.now = () => here().timeline.now
}

/** What `setTimeout` answers: `clearTimeout` takes it back, `unref` means nothing here. */
class Timer {
  cancel: () => void = () => undefined
  ref = (): this => this
  unref = (): this => this
}

function takeOverTimers(): void {
  const once = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): Timer => {
    const timer = new Timer()
    timer.cancel = here().timeline.after(ms, () => run(...args))
    return timer
  }
  const repeat = (run: (...args: unknown[]) => void, ms = 1, ...args: unknown[]): Timer => {
    const timer = new Timer()
    const again = () => {
      timer.cancel = here().timeline.after(ms, () => {
        again()
        run(...args)
      })
    }
    again()
    return timer
  }
  const cancel = (timer: unknown): void => {
    if (timer instanceof Timer) timer.cancel()
  }
  Object.assign(globalThis, {
    setTimeout: once,
    setInterval: repeat,
    setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => once(run, 0, ...args),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  })
  Object.assign(AbortSignal, {
    timeout(ms: number): AbortSignal {
      const end = new AbortController()
      here().timeline.after(ms, () => end.abort(new DOMException('timed out', 'TimeoutError')))
      return end.signal
    },
  })
  Object.assign(timersPromises, { setTimeout: sleep })
}

/** As `setTimeout` of `node:timers/promises`: rejects when the signal ends it. */
function sleep<T>(ms: number, value: T, options?: { readonly signal?: AbortSignal }): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new DOMException('aborted', 'AbortError'))
    if (options?.signal?.aborted) return end()
    const cancel = here().timeline.after(ms, () => {
      options?.signal?.removeEventListener('abort', end)
      resolve(value)
    })
    options?.signal?.addEventListener('abort', () => {
      cancel()
      end()
    }, { once: true })
  })
}

function takeOverRandomness(): void {
  const randomBytes = (size: number): Buffer => {
    const bytes = Buffer.alloc(size)
    here().random.fill(bytes)
    return bytes
  }
  const randomUUID = () => {
    const bytes = randomBytes(16)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
  Object.assign(crypto, { randomBytes, randomUUID, randomInt: (from: number, to: number) => here().random.int(from, to - 1) })
  Math.random = () => here().random.next()
}
