import type { CardPayment, CounterView } from '#contract/counter.ts'
import type { CounterCommands } from '../counter/commands.ts'
import { CounterScreen, type Place } from '../counter/counter-screen.tsx'
import { emptyForm, type IntakeForm } from '../counter/form-types.ts'
import { formAfter, type FormAct } from '../counter/form.ts'
import { devCommands, sampleDossier, samplePayment } from './counter-commands.ts'
import { confirmCivil, guardian, landUse, marriage, temporaryStay } from './counter-procedures.ts'
import {
  acceptedView, calledView, chipView, card, cardPayment, centralLostView, counterNow, counterView, crowdedView, emptyView, hubLostView, idleView, intakeNow, intakeView, pausedView, rural, serving, troubledView, unknownPrint,
} from './counter-views.ts'
import type { DevScreens } from './screens.ts'

const queue = (view: CounterView, lostStation: number | null = null) => () => <CounterScreen view={view} now={counterNow} commands={devCommands} lostStation={lostStation} />

const noTicket: Place = { kind: 'intake', ticketId: null }
const withTicket: Place = { kind: 'intake', ticketId: 't-A013' }

/** The intake with a draft made by these acts; none starts an empty form. */
const intake = (acts: readonly FormAct[], view: CounterView = intakeView, more: Partial<CounterCommands> = {}, place: Place = withTicket) => {
  const form: IntakeForm = acts.reduce(formAfter, { ...emptyForm, commandId: 'c' })
  const draft = acts.length === 0 ? null : { form: JSON.parse(JSON.stringify(form)) as Record<string, unknown>, savedAt: intakeNow - 20_000 }
  const commands: CounterCommands = { ...devCommands, loadDraft: () => Promise.resolve({ ok: true, data: draft }), ...more }
  return () => <CounterScreen view={view} now={intakeNow} commands={commands} start={place} />
}

const chosen: FormAct = { kind: 'procedure', procedure: confirmCivil, declared: [] }
const scanned: FormAct = { kind: 'card', scan: rural }
const twoCopies: FormAct = { kind: 'fee', fee: 0, quantity: 2 }
const phone = (value: string): FormAct => ({ kind: 'edit', field: 'phone', value })
const ready: readonly FormAct[] = [chosen, scanned, twoCopies, phone('0905 123 456'), { kind: 'tick', index: 0 }]
const free = { ...sampleDossier, feeTotal: 0, fee: [] }

const paying = (card: Partial<CardPayment> | null) =>
  intake([...ready, { kind: 'method', method: card?.method ?? 'card' }], { ...intakeView, cards: card === null ? [] : [{ ...cardPayment, ...card }] })

export const screens: DevScreens = {
  'counter-queue': queue(counterView), 'counter-queue-called': queue(calledView), 'counter-queue-idle': queue(idleView), 'counter-queue-empty': queue(emptyView),
  'counter-queue-chip-reading': queue(chipView({ state: 'reading' }, null)), 'counter-queue-chip-verified': queue(chipView(null, 'verified')),
  'counter-queue-chip-forged': queue(chipView(null, 'failed')), 'counter-queue-chip-no-card': queue(chipView({ state: 'failed', code: 'no-card' }, null)),
  'counter-queue-booked': queue({ ...counterView, current: { ...serving, bookedBy: 'Nguyễn Thị Hoa', ticket: { ...serving.ticket, priority: 'appointment', appointment: { code: 'LH-261123-0042', at: counterNow } } } }),
  'counter-queue-paused': queue(pausedView), 'counter-queue-accepted': queue(acceptedView), 'counter-queue-troubled': queue(troubledView), 'counter-queue-hub-lost': queue(hubLostView),
  'counter-queue-central-lost': queue(centralLostView), 'counter-queue-crowded': queue(crowdedView), 'counter-queue-station-lost': queue(counterView, counterNow - 40_000),
  'counter-intake': intake([chosen, scanned, twoCopies, phone('0905 12 34 6'), { kind: 'tick', index: 0 }]),
  'counter-intake-ready': intake(ready),
  'counter-intake-empty': intake([], { ...intakeView, current: null }, {}, noTicket),
  'counter-intake-wrong': intake([
    { kind: 'edit', field: 'address', value: 'Thôn 3, xã Hòa Phú' }, { kind: 'edit', field: 'fullName', value: 'Nguyễn Hoàng Phương Uyên Thảo Công Tằng Tôn Nữ Ngọc Ẩn' }, { kind: 'procedure', procedure: guardian, declared: [] },
    { kind: 'card', scan: card }, { kind: 'edit', field: 'dob', value: '30/02/1994' }, { kind: 'edit', field: 'email', value: 'thao@' }, { kind: 'due-edit', edit: { date: '22/11/2026', reason: '' } },
  ]),
  'counter-intake-doubt': intake([...ready, { kind: 'edit', field: 'dob', value: '02/09/1988' }]),
  'counter-intake-cases': intake([{ kind: 'procedure', procedure: marriage, declared: [] }, scanned]),
  'counter-intake-fees': intake([{ kind: 'procedure', procedure: temporaryStay, declared: [] }, scanned]),
  'counter-intake-long': intake([{ kind: 'procedure', procedure: landUse, declared: [] }, scanned], troubledView),
  'counter-intake-refused': intake(ready, intakeView, { accept: () => Promise.resolve({ ok: false, code: 'NOT_SAVED', reason: null, details: {} }), saveDraft: () => Promise.resolve({ ok: false, code: 'DISCONNECTED', reason: null, details: {} }) }),
  'counter-intake-vietqr': intake([...ready, { kind: 'method', method: 'vietqr' }], { ...intakeView, prints: [unknownPrint], payment: samplePayment }, { accept: () => Promise.resolve({ ok: true, data: { dossier: sampleDossier, print: 'unknown' } }) }),
  'counter-pay-card': paying(null),
  'counter-pay-card-charging': paying({ state: 'charging', progress: 'enter-pin' }),
  'counter-pay-card-hand': paying({ state: 'charging', byHand: true }),
  'counter-pay-scan': paying({ method: 'terminal-qr', state: 'cancelled', reason: 'cancelled' }),
  'counter-pay-scan-charging': paying({ method: 'terminal-qr', state: 'charging', progress: 'scan-qr' }),
  'counter-pay-card-unknown': paying({ state: 'unknown', reason: 'no-answer' }),
  'counter-intake-free': intake(ready, intakeView, { accept: () => Promise.resolve({ ok: true, data: { dossier: free, print: 'printed' } }) }),
}
