import { localDay, startOfDay } from '#domain/local-time.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import type { SupervisorView } from '#contract/supervisor.ts'
import { Refusal } from '#usecases/refusal.ts'
import { api } from './base.ts'
import { goneClerks, namedCounters } from './clerks.ts'
import { unknownPrints } from './counter-view.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

function supervisorView(parts: ApiParts): SupervisorView {
  const now = parts.now()
  const queue = parts.queue.snapshot()
  const services = queue?.services.map((service) => ({ ...service, waits: waitsOf(queue, service.id, now) })) ?? []
  const longest = services.flatMap((service) => service.waits.map((wait) => ({ minutes: wait.minutes, service: service.name })))
  return {
    now,
    asOf: parts.queue.heardAt(),
    office: parts.office,
    sample: parts.sample,
    station: parts.station.name,
    waiting: services.reduce((sum, service) => sum + service.waiting, 0),
    longestWait: longest.toSorted((a, b) => b.minutes - a.minutes)[0] ?? null,
    services,
    counters: queue ? namedCounters(parts, queue) : [],
    goneClerks: queue ? goneClerks(parts, queue) : [],
    visits: queue ? visitsOf(queue) : [],
    today: todayOf(parts, queue),
    prints: unknownPrints(parts),
    cardOrphans: parts.payments.orphansSince(startOfDay(localDay(now))),
    cardDoubts: parts.charges.inDoubt().map(({ requested_at: at, amount, code }) => ({ at, amount, code })),
    devices: parts.devices(),
    sync: parts.sync(),
    quarantined: parts.replication.quarantine().length,
    addresses: parts.addresses(),
  }
}

/** Numbers come from the hub at every station; what the journal counts is the whole office's only at the hub, which gets all journals. */
function todayOf(parts: ApiParts, queue: QueueSnapshot | null): SupervisorView['today'] {
  const own = parts.figures.today()
  return { ...own, tickets: queue?.ticketsToday ?? own.tickets, ownOnly: !parts.isHub }
}

function waitsOf(queue: QueueSnapshot, service: string, now: number) {
  return queue.tickets
    .filter((ticket) => ticket.state === 'waiting' && ticket.service === service)
    .map((ticket) => ({ number: ticket.number, minutes: Math.max(0, Math.floor((now - ticket.issuedAt) / 60_000)), priority: ticket.priority !== null }))
}

function visitsOf(queue: QueueSnapshot) {
  return queue.tickets.flatMap(({ state, counter, number, calledAt, startedAt, issuedAt }) => {
    if (counter === null || (state !== 'called' && state !== 'serving')) return []
    return [{ counter, number, state, since: (state === 'serving' ? startedAt : calledAt) ?? issuedAt }]
  })
}

/** The head of the office and the technician. */
export function supervisorRouter(parts: ApiParts) {
  return {
    live: api.supervisor.live.handler(({ signal }) => live(parts.changes, () => supervisorView(parts), signal)),
    sample: api.supervisor.sample.handler(async ({ input }) => {
      if (!parts.sampleDevices) throw new Refusal('not-a-sample')
      await parts.sampleDevices.act(input)
      return { ok: true as const }
    }),
    lastSlip: api.supervisor.lastSlip.handler(() => parts.sampleDevices?.lastSlip() ?? null),
    setup: api.supervisor.setup.handler(async () => ({
      ...parts.setup.read(),
      sample: parts.sample,
      profiles: parts.setup.profiles(),
      terminalProfiles: parts.setup.terminalProfiles(),
      serialPorts: await parts.setup.serialPorts(),
    })),
    saveSetup: api.supervisor.saveSetup.handler(({ input }) => ({ restart: true as const, next: parts.setup.save(input) })),
    selfTest: api.supervisor.selfTest.handler(() => parts.selfTest.view()),
    testDevice: api.supervisor.testDevice.handler(({ input }) => parts.selfTest.run(input.commandId, input.id, input.test)),
    testPrint: api.supervisor.testPrint.handler(({ input }) => parts.setup.testPrint(input.commandId, input.address, input.profile)),
  }
}
