import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon } from '../ui/index.ts'
import { FullAccessBar } from './access-bar.tsx'
import type { FrameParts } from './frame.tsx'
import { useKiosk } from './model.ts'
import { Notices } from './notices.tsx'

/** Age from which a citizen is offered priority by the card alone. */
export const priorityAge = 75

function Choice(props: { readonly icon: ReactNode; readonly title: string; readonly sub: string; readonly onPress: () => void }) {
  return (
    <Button className="kiosk-choice" onPress={props.onPress}>
      <span className="kiosk-choice-icon">{props.icon}</span>
      <span className="kiosk-choice-text">
        <span className="kiosk-choice-title">{props.title}</span>
        <span className="kiosk-choice-sub">{props.sub}</span>
      </span>
      <Icon.ChevronRight className="kiosk-chevron" aria-hidden="true" />
    </Button>
  )
}

function Opening() {
  const { view } = useKiosk()
  const { t, rich } = useMessages()
  const { open, session, until } = view.opening
  if (!open) return null
  return <p className="kiosk-opening">{session === null || until === null ? rich('kiosk.start.open-all-day') : rich('kiosk.start.open', { session: t(`kiosk.session.${session}`), until })}</p>
}

function CardRead() {
  const { view } = useKiosk()
  const { rich } = useMessages()
  if (view.card === null || view.card.age === null || view.card.age < priorityAge || !view.priorities.includes('elderly')) return null
  return (
    <p className="kiosk-card-read">
      <Icon.IdCard aria-hidden="true" />
      <span>{rich('kiosk.start.card', { age: priorityAge })}</span>
    </p>
  )
}

/** The primary button: the door itself. */
function TakeLeaf() {
  const { view, dispatch } = useKiosk()
  const { t } = useMessages()
  return (
    <Button className="kiosk-take" onPress={() => dispatch({ kind: 'find', mode: 'ticket' })}>
      <span className="kiosk-take-who">
        <Icon.Ticket className="kiosk-take-icon" aria-hidden="true" />
        <span>
          <span className="kiosk-take-title">{t('kiosk.start.ticket')}</span>
          <span className="kiosk-take-sub">{t('kiosk.start.ticket.sub')}</span>
        </span>
      </span>
      <span className="kiosk-take-where">
        <span className="kiosk-take-count">{view.waiting}</span>
        <span>{t('kiosk.start.waiting')}</span>
      </span>
    </Button>
  )
}

/** Services without procedures of their own (returning results): a choice on the first screen. */
function DirectServices() {
  const { view, procedures, dispatch } = useKiosk()
  const { t } = useMessages()
  const direct = view.services.filter((service) => procedures.every((procedure) => procedure.service !== service.id)).slice(0, 2)
  return direct.map((service) => (
    <Choice key={service.id} icon={<Icon.PackageCheck aria-hidden="true" />} title={service.name} sub={t('kiosk.start.service.sub')} onPress={() => dispatch({ kind: 'service', service: service.id })} />
  ))
}

/** First screen: one question, a few answers. */
export function useStartScreen(): FrameParts {
  const { view, procedures, dispatch } = useKiosk()
  const { t } = useMessages()
  return {
    read: (
      <>
        <div className="kiosk-greeting">
          <p>{t('kiosk.start.greeting')}</p>
          <Opening />
        </div>
        <h1 className="kiosk-title">{t('kiosk.start.question')}</h1>
      </>
    ),
    touch: (
      <>
        <Notices />
        {view.opening.open ? <TakeLeaf /> : null}
        {view.opening.open && view.bookings ? <Choice icon={<Icon.CalendarClock aria-hidden="true" />} title={t('kiosk.start.booking')} sub={t('kiosk.start.booking.sub')} onPress={() => dispatch({ kind: 'booking' })} /> : null}
        {view.opening.open && procedures.length > 0 ? <DirectServices /> : null}
        <Choice icon={<Icon.BookOpen aria-hidden="true" />} title={t('kiosk.start.browse')} sub={t('kiosk.start.browse.sub', { count: procedures.length })} onPress={() => dispatch({ kind: 'find', mode: 'browse' })} />
        <CardRead />
      </>
    ),
    actions: null,
    access: <FullAccessBar />,
  }
}
