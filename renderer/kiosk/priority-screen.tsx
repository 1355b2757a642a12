import { Button } from 'react-aria-components'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon } from '../ui/index.ts'
import { AccessRow } from './access-bar.tsx'
import type { FrameParts } from './frame.tsx'
import { useKiosk } from './model.ts'
import { Pager } from './pager.tsx'
import { BackButton } from './take-actions.tsx'
import { usePaged } from './use-paged.ts'

/** The groups that the office grants priority to, one press; and none of them. */
export function usePriorityScreen(): FrameParts {
  const { view, session, dispatch, modes } = useKiosk()
  const { t } = useMessages()
  const { attach, ...paged } = usePaged([...view.priorities, null], modes.large ? 128 : 108, 12, 'priority')
  return {
    read: (
      <>
        <h1 className="kiosk-title">{t('kiosk.priority.title')}</h1>
        <p className="kiosk-lead">{t('kiosk.priority.text')}</p>
      </>
    ),
    touch: (
      <>
        <div className="kiosk-list" ref={attach}>
          {paged.shown.map((group) => (
            <Button key={group ?? 'none'} className="kiosk-row kiosk-row-short" {...(session.priority === group && group !== null ? { 'data-chosen': true } : {})} onPress={() => dispatch({ kind: 'priority', group })}>
              <span className="kiosk-row-text">
                <span className="kiosk-row-title">{group === null ? t('kiosk.priority.none') : t(`shared.priority.${group}`)}</span>
              </span>
              {session.priority === group ? <Icon.Check className="kiosk-chevron" aria-hidden="true" /> : null}
            </Button>
          ))}
        </div>
        <Pager paged={paged} />
      </>
    ),
    actions: <BackButton />,
    access: <AccessRow />,
  }
}
