import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Button, Icon } from '../ui/index.ts'
import { AccessRow } from './access-bar.tsx'
import type { FrameParts } from './frame.tsx'
import { useKiosk } from './model.ts'
import type { Refusal } from '../state/use-command.ts'
import { BackButton } from './take-actions.tsx'

/** Said before a number is given: there is no paper, but there is a way. */
export function useNoPaperScreen(): FrameParts {
  const { view, issuing, takeNumber } = useKiosk()
  const { t, rich } = useMessages()
  const counter = view.receptionCounter
  return {
    read: (
      <>
        <h1 className="kiosk-title">{view.printerOnline ? t('kiosk.no-paper.title') : t('kiosk.no-paper.offline')}</h1>
        <p className="kiosk-lead">{t('kiosk.no-paper.text', { counter })}</p>
      </>
    ),
    touch: (
      <ul className="kiosk-ways">
        <li>
          <Icon.QrCode aria-hidden="true" />
          <span>{rich('kiosk.no-paper.screen')}</span>
        </li>
        <li>
          <Icon.Ticket aria-hidden="true" />
          <span>{rich('kiosk.no-paper.counter', { counter })}</span>
        </li>
      </ul>
    ),
    actions: (
      <>
        <BackButton />
        <Button kind="primary" className="kiosk-main-button" icon={<Icon.QrCode aria-hidden="true" />} pending={issuing ? t('kiosk.take.pending') : undefined} onPress={() => takeNumber(true)}>
          {t('kiosk.no-paper.take')}
        </Button>
      </>
    ),
    access: <AccessRow />,
  }
}

/** The station said no, or the connection broke midway: what is safe, what happened, what to do. */
export function useRefusedScreen(refusal: Refusal): FrameParts {
  const { view, issuing, takeNumber } = useKiosk()
  const { t, byKey } = useMessages()
  const counter = view.receptionCounter
  const unknown = refusal.code === 'DISCONNECTED' || refusal.code === 'INTERNAL_SERVER_ERROR' || refusal.reason === 'hub-unclear'
  const what = (refusal.reason === null ? null : byKey(`refusal.${refusal.reason}`, refusal.details)) ?? byKey(`error.${refusal.code}`) ?? ''
  return {
    read: (
      <>
        <h1 className="kiosk-title">{t('kiosk.refused.title')}</h1>
        <p className="kiosk-lead">{unknown ? t('kiosk.refused.unknown', { counter }) : t('kiosk.refused.safe', { what })}</p>
      </>
    ),
    touch: (
      <Alert tone="info" icon={<Icon.LifeBuoy aria-hidden="true" />} title={t('kiosk.refused.next', { counter })} />
    ),
    actions: (
      <>
        <BackButton />
        {unknown || refusal.reason === 'closed' ? null : (
          <Button kind="primary" className="kiosk-main-button" pending={issuing ? t('kiosk.take.pending') : undefined} onPress={() => takeNumber(false)}>
            {t('kiosk.refused.again')}
          </Button>
        )}
      </>
    ),
    access: <AccessRow />,
  }
}
