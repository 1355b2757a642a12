import { Button as AriaButton } from 'react-aria-components'
import type { KioskService } from '#contract/kiosk.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, Icon } from '../ui/index.ts'
import { waitText } from './facts.ts'
import { useKiosk } from './model.ts'

/** Back, always at the same place. */
export function BackButton() {
  const { dispatch } = useKiosk()
  const { t } = useMessages()
  return (
    <Button className="kiosk-back" icon={<Icon.ArrowLeft aria-hidden="true" />} onPress={() => dispatch({ kind: 'back' })}>
      {t('kiosk.back')}
    </Button>
  )
}

/** "Lấy số" with the wait on its yellow leaf; says why not when no number can be given. */
export function TakeButton({ service, label, onPress }: { readonly service: KioskService; readonly label: string; readonly onPress: () => void }) {
  const { view, connected, issuing } = useKiosk()
  const { t } = useMessages()
  const why = view.opening.open ? (connected ? null : t('kiosk.take.no-link')) : t('kiosk.take.closed')
  if (why !== null) return <p className="kiosk-take-not">{why}</p>
  return (
    <AriaButton className="kiosk-take-button" {...(label.length > 12 ? { 'data-long': true } : {})} isPending={issuing} onPress={onPress}>
      <span className="kiosk-take-button-who">
        {issuing ? <span className="mc-spinner" aria-hidden="true" /> : <Icon.Ticket aria-hidden="true" />}
        <span>{issuing ? t('kiosk.take.pending') : label}</span>
      </span>
      <span className="kiosk-take-button-where">
        <span className="kiosk-small">{t('kiosk.take.wait')}</span>
        <b>{waitText(service, t)}</b>
      </span>
    </AriaButton>
  )
}

/** "Tôi thuộc diện ưu tiên": asked only of who says so. */
export function PriorityRow() {
  const { view, session, dispatch } = useKiosk()
  const { t } = useMessages()
  if (view.priorities.length === 0) return null
  const chosen = session.priority
  return (
    <AriaButton className="kiosk-row kiosk-priority-row" {...(chosen === null ? {} : { 'data-chosen': true })} onPress={() => dispatch({ kind: 'ask-priority' })}>
      <span className="kiosk-row-text">
        <span className="kiosk-row-title">{chosen === null ? t('kiosk.priority.row') : t('kiosk.priority.chosen', { group: t(`shared.priority.${chosen}`) })}</span>
        <span className="kiosk-row-sub">{t('kiosk.priority.row.sub')}</span>
      </span>
      <Icon.ChevronRight className="kiosk-chevron" aria-hidden="true" />
    </AriaButton>
  )
}
