import { admit, appointmentWindow } from '#domain/appointment.ts'
import { formatDateVi, localDay, localTime } from '#domain/local-time.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import type { AppointmentView, ScannedBooking } from '#contract/appointment.ts'
import type { Appointment } from '#usecases/appointments.ts'
import { Refusal } from '#usecases/refusal.ts'
import type { ApiParts } from './parts.ts'

type Issue = Extract<QueueCommand, { kind: 'issue' }>

/** The appointment with this code, for the eyes of a clerk. Throws Refusal, with words for each reason why no number comes of it. */
export function appointmentView(parts: ApiParts, text: string): AppointmentView {
  const { booked, priority } = bookedNow(parts, text)
  const { code, at } = booked
  const { service, title } = purposeOf(parts, booked)
  return {
    code, at, service, title,
    window: { from: at - appointmentWindow.before * 60_000, to: at + appointmentWindow.after * 60_000 },
    first: priority !== null,
    name: booked.name,
    number: parts.queue.snapshot()?.tickets.find((ticket) => ticket.appointment?.code === code)?.number ?? null,
  }
}

/** The command that gives its holder a number; `wanted` is what else is known of the citizen. */
export function issueBooked(parts: ApiParts, text: string, wanted: Pick<Issue, 'priority' | 'papers'>): Issue {
  const { booked, priority } = bookedNow(parts, text)
  const { service, title, procedure } = purposeOf(parts, booked)
  return { kind: 'issue', service, procedure, title, papers: wanted.papers, priority: priority ?? wanted.priority, station: parts.station.id, appointment: { code: booked.code, at: booked.at } }
}

/** A scanned code is acted upon within this, ms. */
const scannedMs = 20_000

/** The code of an appointment that was just scanned at the scanner of this counter, of the kiosk when null; what else is scanned is nobody's business. */
export function scannedBooking(parts: ApiParts, counter: number | null): ScannedBooking | null {
  const read = parts.station.counter === counter ? parts.cards.codeSince(parts.now() - scannedMs) : null
  const booked = read && parts.appointments.find(read.text)
  return booked && { at: read.at, code: booked.code }
}

function bookedNow(parts: ApiParts, text: string): { readonly booked: Appointment; readonly priority: Issue['priority'] } {
  const booked = parts.appointments.find(text)
  if (!booked) throw new Refusal('appointment-unknown')
  if (booked.cancelled) throw new Refusal('appointment-cancelled')
  const admission = admit(booked.at, parts.now())
  if (!admission.ok) throw new Refusal(admission.reason, { time: localTime(booked.at), date: formatDateVi(localDay(booked.at)) })
  return { booked, priority: admission.priority }
}

/** The service that it is for: the one it names, else the one that serves its procedure here. */
function purposeOf(parts: ApiParts, booked: Appointment): { readonly service: string; readonly title: string; readonly procedure: string | null } {
  const procedure = parts.procedures.find((one) => one.code === booked.procedure)
  const named = parts.rules.services.find((one) => one.id === booked.service)
  const service = named ?? parts.rules.services.find((one) => one.id === procedure?.service)
  if (!service) throw new Refusal('unknown-service')
  return { service: service.id, title: procedure?.shortName ?? service.name, procedure: procedure?.code ?? null }
}
