import { localDay } from '#domain/local-time.ts'
import { HubLink } from '#lan/hub-link.ts'
import { ownOrigins } from '#main/station/replication.ts'
import type { PeerClient } from '#sync/http-client.ts'
import type { Pusher } from '#sync/pusher.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { CodeBlocks } from '#usecases/code-blocks.ts'
import { DossierStore } from '#usecases/dossier-store.ts'
import { Drafts } from '#usecases/drafts.ts'
import { Intake } from '#usecases/intake.ts'
import { Payments } from '#usecases/payments.ts'
import { LinkedQueue } from '#usecases/linked-queue.ts'
import { NumberBlocks } from '#usecases/number-blocks.ts'
import type { QueuePort } from '#usecases/queue-port.ts'
import type { Vault } from '#vault/vault.ts'
import type { Computer, Program } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { openJournal } from './books.ts'
import { push } from './replication.ts'
import { seatAt, type Office } from './rules.ts'

export interface StationProgram extends Program {
  readonly queue: QueuePort
  readonly intake: Intake
  readonly payments: Payments
  readonly dossiers: DossierStore
  readonly pusher: Pusher
}

export interface StationLines {
  readonly link: () => Promise<Connection>
  readonly toHub: PeerClient
}

/** A station that is not the hub: its own journal, the hub's queue, and dossiers with leased numbers. */
export function bootStation(world: World, office: Office, vault: Vault, lines: StationLines) {
  return (machine: Computer, disk: Buffer | null): StationProgram => {
    const now = Date.now
    const { journal, commands } = openJournal(world, machine, disk)
    const seat = seatAt(machine.name)
    const link = new HubLink({ address: () => ({ url: '' }), token: '', now, connect: lines.link })
    const hub = world.plant.hub?.(link) ?? link
    const queue = new LinkedQueue({
      journal, commands, vault, rules: office.rules, numbers: new NumberBlocks(journal), counters: seat ? [seat.counter] : [], now, hub,
      numberDays: () => (seat ? [] : [localDay(now())]),
    })
    const dossiers = new DossierStore(journal, vault)
    const drafts = new Drafts(journal, vault, now)
    const plain = new CodeBlocks(journal, queue)
    const codes = world.plant.codes?.(plain, journal) ?? plain
    if (seat) codes.keepSupplied(() => [localDay(now())])
    return {
      journal,
      queue,
      dossiers,
      payments: new Payments({ journal, commands, dossiers, now }),
      intake: new Intake({ journal, commands, vault, dossiers, drafts, codes, procedures: office.procedures, calendar: office.calendar, agency: office.agency, now }),
      pusher: push(world, machine, journal, () => ownOrigins(journal), lines.toHub),
    }
  }
}
