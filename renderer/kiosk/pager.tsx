import { useMessages } from '../i18n/use-messages.tsx'
import { Button, Icon } from '../ui/index.ts'
import type { Paged } from './use-paged.ts'

/** Buttons beside a list of more than one screen; nothing when all fits. */
export function Pager({ paged }: { readonly paged: Pick<Paged<unknown>, 'page' | 'pages' | 'turn'> }) {
  const { t } = useMessages()
  if (paged.pages < 2) return null
  const [first, last] = [paged.page === 0, paged.page === paged.pages - 1]
  return (
    <div className="kiosk-pager">
      <Button icon={<Icon.ChevronUp aria-hidden="true" />} className={first ? 'kiosk-pager-off' : ''} onPress={() => paged.turn(-1)}>
        {t('kiosk.page.previous')}
      </Button>
      <span>{t('kiosk.page.of', { page: paged.page + 1, pages: paged.pages })}</span>
      <Button icon={<Icon.ChevronDown aria-hidden="true" />} className={last ? 'kiosk-pager-off' : ''} onPress={() => paged.turn(1)}>
        {t('kiosk.page.next')}
      </Button>
    </div>
  )
}
