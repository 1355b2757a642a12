import type { DeviceView } from '#contract/shared.ts'
import { TerminalError, type CardTerminal, type ChargeResult } from '#native/terminal/port.ts'

export type Contact = Pick<DeviceView, 'state' | 'code'>

/** A device that is spoken with only when somebody needs it: how it was when it was last heard of. */
export class LastContact {
  readonly #listeners = new Set<() => void>()
  #contact: Contact = { state: 'absent', code: 'not-asked' }
  #firmware: string | null = null

  get contact(): Contact {
    return this.#contact
  }

  get firmware(): string | null {
    return this.#firmware
  }

  heard(state: Contact['state'], code: string, firmware = this.#firmware): void {
    if (state === this.#contact.state && code === this.#contact.code && firmware === this.#firmware) return
    this.#contact = { state, code }
    this.#firmware = firmware
    for (const listener of this.#listeners) listener()
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }
}

/** The same terminal; `contact` hears what each of its answers says of how it is. A charge that nobody knows the end of says nothing. */
export function notingContact(terminal: CardTerminal, contact: LastContact): CardTerminal {
  const note = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer
    } catch (error) {
      if (error instanceof TerminalError && error.code === 'unreachable') contact.heard('down', 'unreachable')
      throw error
    }
  }
  const noteAnswer = async <T>(answer: Promise<T>): Promise<T> => {
    const said = await note(answer)
    contact.heard('ok', 'ok')
    return said
  }
  const noteCharge = async (answer: Promise<ChargeResult>): Promise<ChargeResult> => {
    const result = await note(answer)
    if (result.outcome !== 'unknown') contact.heard('ok', 'ok')
    return result
  }
  const noteStatus: CardTerminal['status'] = async () => {
    const status = await note(terminal.status())
    contact.heard(status.ready ? 'ok' : 'warning', status.ready ? 'ok' : status.state, status.firmware)
    return status
  }
  const chargeQr = terminal.chargeQr?.bind(terminal)
  return {
    ...(terminal.recordIsFinal ? { recordIsFinal: true } : {}),
    charge: (...asked) => noteCharge(terminal.charge(...asked)),
    ...(chargeQr ? { chargeQr: (...asked) => noteCharge(chargeQr(...asked)) } : {}),
    recover: (...asked) => noteCharge(terminal.recover(...asked)),
    void: (...asked) => noteCharge(terminal.void(...asked)),
    refund: (...asked) => noteCharge(terminal.refund(...asked)),
    last: () => noteAnswer(terminal.last()),
    status: noteStatus,
    endOfDay: (...asked) => noteAnswer(terminal.endOfDay(...asked)),
    close: () => terminal.close(),
  }
}
