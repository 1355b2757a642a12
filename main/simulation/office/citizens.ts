import type { Journal } from '#journal/journal.ts'
import type { QueuePort } from '#usecases/queue-port.ts'
import { HubUnreachableError } from '#usecases/queue-port.ts'
import type { Machine, Program } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Ledger } from './ledger.ts'
import { answered, type Patience } from './people.ts'
import { placeOf, type Place } from './place.ts'

interface Kiosk extends Program {
  readonly queue: QueuePort
}

/** Citizens at one kiosk, one after the other: each takes a ticket; whoever gets no answer presses again, some walk away. */
export async function citizens<K extends Kiosk>(world: World, at: () => Machine<K>, patience: Patience, ledger: Ledger): Promise<void> {
  while (patience.isOpen) {
    const machine = at()
    const commandId = patience.commandId()
    const service = world.people.pick(['A', 'A', 'B', 'C'])
    const tries = world.people.chance(0.15) ? 1 : Infinity
    let place: Place | null = null
    const ask = async (here: Kiosk) => {
      const answer = await issue(world, here, commandId, service)
      if (answer.ok && answer.done.ticketId) place = placeOf(here.journal, 'ticket.issued', answer.done.ticketId)
      return answer
    }
    const outcome = answered(await patience.insist(machine.name, 'ticket', () => machine.ask(ask), { tries, ofHub: true }))
    if (outcome.is === 'done' && outcome.value) {
      world.tell(`${machine.name}: ticket ${outcome.value}`)
      ledger.tell({ kind: 'ticket', id: outcome.value, at: place, of: commandId })
    }
    await patience.pause(500, 2_000)
  }
}

/** The command's id is also the ticket's title, so that in the evening each ticket can be told from which press it came. */
async function issue(world: World, { queue, journal }: Kiosk, commandId: string, service: string) {
  try {
    return await queue.execute(commandId, 'kiosk', { kind: 'issue', service, procedure: null, title: commandId, priority: null, papers: [], station: 'kiosk' })
  } catch (error) {
    const { ticketAlone } = world.plant
    if (!ticketAlone || !(error instanceof HubUnreachableError)) throw error
    return alone(journal, queue, ticketAlone)
  }
}

function alone(journal: Journal, queue: QueuePort, ticketAlone: NonNullable<World['plant']['ticketAlone']>) {
  const last = queue.snapshot()?.tickets.map((ticket) => ticket.number).sort().at(-1) ?? 'A000'
  const event = ticketAlone(journal, last)
  journal.append('kiosk', [event])
  return { ok: true as const, done: { ticketId: event.subject } }
}
