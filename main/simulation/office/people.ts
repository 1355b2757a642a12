import { ORPCError } from '@orpc/client'
import { Refusal } from '#usecases/refusal.ts'
import { HubUnreachableError, type QueueAnswer } from '#usecases/queue-port.ts'
import { ProcessDied } from '../world/process.ts'
import type { World } from '../world/world.ts'

/** What a person got for an answer; `never`: gave up, and does not know. */
export type Outcome<T> = { readonly is: 'done'; readonly value: T } | { readonly is: 'refused'; readonly reason: string } | { readonly is: 'never' }

export interface Insistence {
  readonly tries?: number
  readonly atDeath?: 'again' | 'anew'
  readonly ofHub?: boolean
}

/** Whoever still has no answer this long after closing has been let down: everything is mended by then. */
const despairMs = 60_000

/** How people are: they wait, press again, and some walk away. */
export class Patience {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  get isOpen(): boolean {
    return this.#world.timeline.now < this.#world.closing
  }

  /** A new command id, of the form that screens draw. */
  commandId(): string {
    const hex = () => Math.floor(this.#world.people.next() * 2 ** 32).toString(16).padStart(8, '0')
    const digits = hex() + hex() + hex() + hex()
    return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
  }

  pause(from: number, to: number): Promise<void> {
    return this.#world.timeline.sleep(this.#world.people.int(from, to))
  }

  /**
   * Asks until there is an answer. `tries`: walks away after so many. `atDeath`: what a screen does whose station died meanwhile: asks the new
   * process with the same command id, or begins anew. `ofHub`: what the hub before was asked stays unclear under a new one, so asking ends.
   */
  async insist<T>(machine: string, what: string, ask: () => Promise<T>, { tries = Infinity, atDeath = 'again', ofHub = false }: Insistence = {}): Promise<Outcome<T>> {
    const { promotions } = this.#world
    const disksLost = this.#world.disksLost.get(machine)
    for (let n = 1; ; n += 1) {
      try {
        return { is: 'done', value: await ask() }
      } catch (error) {
        const reason = refusalOf(error)
        if (reason) return { is: 'refused', reason }
        if (error instanceof ProcessDied && atDeath === 'anew') return { is: 'never' }
        if (!isSilence(error)) {
          this.#world.violation(`${machine}: ${what}: ${String(error)}`)
          return { is: 'never' }
        }
      }
      if (n >= tries || (ofHub && promotions !== this.#world.promotions)) return { is: 'never' }
      if (this.#world.timeline.now > this.#world.closing + despairMs) {
        this.#world.violation(`${machine}: ${what}: no answer in the evening, with everything mended`)
        return { is: 'never' }
      }
      await this.pause(300, 2_500)
      // What only the lost disk knew of can't be told from what was never asked; no screen asks for as long as it takes to put a disk back.
      if (disksLost !== this.#world.disksLost.get(machine)) return { is: 'never' }
    }
  }
}

/** A command of the queue as its answer or its refusal. */
export function answered(outcome: Outcome<QueueAnswer>): Outcome<string | null> {
  if (outcome.is !== 'done') return outcome
  return outcome.value.ok ? { is: 'done', value: outcome.value.done.ticketId } : { is: 'refused', reason: outcome.value.reason }
}

const isSilence = (error: unknown): boolean => error instanceof ProcessDied || error instanceof HubUnreachableError

function refusalOf(error: unknown): string | null {
  if (error instanceof Refusal) return error.reason
  if (error instanceof ORPCError && error.code === 'REFUSED') return (error.data as { readonly reason: string }).reason
  return null
}
