import { TerminalError } from '../port.ts'
import type { Transport } from '#native/transport/transport.ts'
import { accepted, type Apdu } from './apdu.ts'
import { codes, codeText } from './codes.ts'
import { control, logOff, registration } from './commands.ts'
import { parseRegistered } from './completion.ts'
import { flowStep, initialFlow, type FlowAction, type FlowEnd, type FlowInput } from './flow.ts'
import { serialLink, tcpLink, type Link } from './link.ts'
import type { ZvtProfile } from './profile.ts'
import type { StatusInfo } from './status-info.ts'

/** What the caller of a command does with what the terminal says meanwhile. */
export interface FlowHooks {
  /** A `04 0F`; false, also without this hook, makes the terminal undo the payment. `again`: it contradicts an earlier one. */
  readonly onStatus?: (status: StatusInfo, data: Uint8Array, again: boolean) => boolean
  readonly onProgress?: (code: number) => void
  readonly onPrint?: (apdu: Apdu) => void
  readonly signal?: AbortSignal | undefined
}

/** Why a command that had to be completed was not. */
export function errorOf(what: string, end: Exclude<FlowEnd, { readonly kind: 'completed' }>): TerminalError {
  if (end.kind === 'no-answer' || end.kind === 'line-broken') return new TerminalError('unreachable', `${what}: ${end.kind}`)
  if (end.code === codes.pleaseWait) return new TerminalError('busy', `${what}: please wait`)
  return new TerminalError(end.code === codes.notPossible ? 'unsupported' : 'refused', `${what}: ${codeText(end.code)}`)
}

/** One connection to a terminal, over which commands run one at a time. After a break, or a command without an answer, it is closed for good. */
export class ZvtSession {
  readonly #link: Link
  readonly #profile: ZvtProfile
  #input: ((input: FlowInput) => void) | null = null
  #heardAt = 0
  #closed = false
  /** From the registration; null while there was none. */
  terminalId: string | null = null

  constructor(transport: Transport, framed: boolean, profile: ZvtProfile) {
    this.#profile = profile
    const events = { apdu: (apdu: Apdu) => this.#received(apdu), lost: () => this.#input?.({ kind: 'lost' }) }
    this.#link = framed ? serialLink(transport, profile.timers, events) : tcpLink(transport, events)
  }

  isOpen(): boolean {
    return !this.#closed && this.#link.isOpen()
  }

  /** ms since the terminal said anything. */
  quietFor(): number {
    return performance.now() - this.#heardAt
  }

  /** Runs one command to its end; never rejects. Actions are done in their order, so a `04 0F` is stored before it is confirmed. */
  run(command: Apdu, hooks: FlowHooks = {}): Promise<FlowEnd> {
    return new Promise((resolve) => {
      const { timers } = this.#profile
      let state = initialFlow
      let timer: NodeJS.Timeout | undefined
      const take = (input: FlowInput): void => {
        const step = flowStep(state, input, timers)
        state = step.state
        for (const action of step.actions) act(action)
      }
      const wait = (ms: number): void => {
        clearTimeout(timer)
        timer = setTimeout(() => take({ kind: 'timeout' }), ms)
      }
      const onAbort = (): void => take({ kind: 'abort' })
      const end = (result: FlowEnd): void => {
        clearTimeout(timer)
        hooks.signal?.removeEventListener('abort', onAbort)
        this.#input = null
        if (result.kind === 'no-answer' || result.kind === 'line-broken') this.#drop()
        resolve(result)
      }
      const act = (action: FlowAction): void => {
        if (action.kind === 'send') this.#link.send(action.apdu)
        else if (action.kind === 'wait') wait(action.ms)
        else if (action.kind === 'progress') hooks.onProgress?.(action.code)
        else if (action.kind === 'print') hooks.onPrint?.(action.apdu)
        else if (action.kind === 'end') end(action.end)
        else take({ kind: 'status-done', taken: hooks.onStatus?.(action.status, action.data, action.again) ?? false })
      }
      this.#input = take
      hooks.signal?.addEventListener('abort', onAbort, { once: true })
      if (!this.isOpen()) return take({ kind: 'lost' })
      wait(timers.answerMs)
      this.#link.send(command)
    })
  }

  /**
   * `06 00`, again every `pollMs` while the terminal says "please wait", up to `patienceMs`. Rejects with `TerminalError`: `unreachable` (no answer),
   * `busy` (it kept us waiting), `refused`.
   */
  async register(patienceMs: number, signal?: AbortSignal): Promise<void> {
    const end = await this.runPatiently(registration(this.#profile), patienceMs, { signal })
    if (end.kind === 'completed') this.terminalId = parseRegistered(end.data).terminalId
    else throw errorOf('registration', end)
  }

  /** The same command again every `pollMs` while the terminal says "please wait", for commands that move no money. */
  async runPatiently(command: Apdu, patienceMs: number, hooks: FlowHooks = {}): Promise<FlowEnd> {
    for (const until = performance.now() + patienceMs; ; await this.pause()) {
      const end = await this.run(command, hooks)
      if (end.kind !== 'refused' || end.code !== codes.pleaseWait || performance.now() > until || hooks.signal?.aborted) return end
    }
  }

  /** Until the next question to a terminal that is busy. */
  async pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#profile.timers.pollMs))
  }

  /** Logs off where somebody still listens. */
  async close(): Promise<void> {
    const listened = this.isOpen() && !this.#input
    this.#closed = true
    if (listened) await this.#logOff()
    await this.#link.close()
  }

  /** Nobody answers any more. */
  #drop(): void {
    this.#closed = true
    void this.#link.close()
  }

  /** `06 02` has no completion: 80 00 is its end. */
  #logOff(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(1_000, this.#profile.timers.answerMs))
      this.#input = (input) => {
        if (input.kind === 'abort') return
        clearTimeout(timer)
        resolve()
      }
      this.#link.send(logOff)
    })
  }

  #received(apdu: Apdu): void {
    this.#heardAt = performance.now()
    if (this.#input) return this.#input({ kind: 'apdu', apdu })
    // a completion whose confirmation was lost comes again; nothing else is ours while no command runs
    if (apdu.control === control.completion || apdu.control === control.aborted) this.#link.send(accepted)
  }
}
