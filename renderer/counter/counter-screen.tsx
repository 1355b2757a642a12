import { useRef, useState } from 'react'
import type { AppointmentView } from '#contract/appointment.ts'
import type { CounterView } from '#contract/counter.ts'
import type { Dossier } from '#domain/dossier.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { AppointmentDialog, NoAppointmentDialog } from './appointment-dialog.tsx'
import type { CounterCommands } from './commands.ts'
import { DossierDialog } from './dossier-dialog.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { IntakeScreen } from './intake-screen.tsx'
import { OfflineNotice } from './notices.tsx'
import { PayScreen } from './pay-screen.tsx'
import { QueueScreen } from './queue-screen.tsx'
import { StatusLine } from './status-line.tsx'
import { TopBar } from './top-bar.tsx'
import { refusalText } from './use-run.ts'
import { useScannedBooking } from './use-scanned-booking.ts'
import './counter.css'

export type Place = { readonly kind: 'queue'; readonly arrived?: boolean } | { readonly kind: 'intake'; readonly ticketId: string | null } | { readonly kind: 'pay'; readonly dossier: Dossier }

type OpenDialog =
  | { readonly kind: 'help' }
  | { readonly kind: 'dossier'; readonly code: string }
  | { readonly kind: 'booked'; readonly booked: AppointmentView }
  | { readonly kind: 'not-booked'; readonly code: string; readonly why: string }

export interface CounterScreenProps {
  readonly view: CounterView
  /** The station's clock, epoch ms. */
  readonly now: number
  readonly commands: CounterCommands
  /** Since when this screen's own station doesn't answer, epoch ms. */
  readonly lostStation?: number | null
  /** Where it opens; for pictures and tests. */
  readonly start?: Place
}

/** The whole counter screen: the bars around either the queue or the intake form, and at most one dialog. */
export function CounterScreen({ view, now, commands, lostStation = null, start = { kind: 'queue' } }: CounterScreenProps) {
  const [place, setPlace] = useState<Place>(start)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const messages = useMessages()
  useScannedBooking(view.scanned, commands, (code, answer) => setDialog(answer.ok ? { kind: 'booked', booked: answer.data } : { kind: 'not-booked', code, why: refusalText(messages, answer) }))
  const findRef = useRef<HTMLInputElement>(null)
  const help = () => setDialog({ kind: 'help' })
  const openDossier = (code: string) => setDialog({ kind: 'dossier', code })
  const toQueue = () => setPlace({ kind: 'queue', arrived: true })
  const shared = { view, commands, findRef, onHelp: help }
  const pay = (dossier: Dossier) => {
    setDialog(null)
    setPlace({ kind: 'pay', dossier })
  }
  return (
    <div className="ct">
      <TopBar view={view} now={now} commands={commands} findRef={findRef} onOpen={openDossier} onBooked={(booked) => setDialog({ kind: 'booked', booked })} />
      <div className="ct-bands"><OfflineNotice view={view} lostStation={lostStation} /></div>
      {place.kind === 'queue' ? <QueueScreen {...shared} now={now} arrived={place.arrived === true} onIntake={(ticketId) => setPlace({ kind: 'intake', ticketId })} onOpenDossier={openDossier} /> : null}
      {place.kind === 'intake' ? <IntakeScreen key={place.ticketId ?? 'none'} {...shared} now={now} ticketId={place.ticketId} onBack={toQueue} /> : null}
      {place.kind === 'pay' ? <PayScreen key={place.dossier.code} {...shared} dossier={place.dossier} onBack={toQueue} /> : null}
      <StatusLine view={view} onHelp={help} />
      {dialog?.kind === 'help' ? <HelpDialog screen={place.kind === 'queue' ? 'queue' : 'intake'} onClose={() => setDialog(null)} /> : null}
      {dialog?.kind === 'booked' ? <AppointmentDialog booked={dialog.booked} commands={commands} onClose={() => setDialog(null)} /> : null}
      {dialog?.kind === 'not-booked' ? <NoAppointmentDialog code={dialog.code} why={dialog.why} onClose={() => setDialog(null)} /> : null}
      {dialog?.kind === 'dossier' ? <DossierDialog code={dialog.code} commands={commands} onClose={() => setDialog(null)} onPay={pay} /> : null}
    </div>
  )
}
