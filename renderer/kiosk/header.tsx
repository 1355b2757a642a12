import { formatDate, formatWeekday } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Clock, Logo, Tag } from '../ui/index.ts'
import { useKiosk } from './model.ts'

/** The breeze-block strip of the top edge: the one ornament of the whole program. */
export function Strip() {
  return (
    <svg className="kiosk-strip" width="100%" height="36" aria-hidden="true">
      <defs>
        <pattern id="breeze-block" width="36" height="36" patternUnits="userSpaceOnUse">
          <rect width="36" height="36" fill="#0f4939" />
          {[0, 90, 180, 270].map((turn) => (
            <path key={turn} d="M18 18 A18 18 0 0 1 36 0 A18 18 0 0 1 18 18" fill="#489171" transform={`rotate(${turn} 18 18)`} />
          ))}
          {[0, 90, 180, 270].map((turn) => (
            <path key={turn} d="M18 0.8 l2.6 2.6 l-2.6 2.6 l-2.6 -2.6 z" fill="#489171" transform={`rotate(${turn} 18 18)`} />
          ))}
        </pattern>
      </defs>
      <rect width="100%" height="36" fill="url(#breeze-block)" />
    </svg>
  )
}

/** Whose office this is, and the time; nothing to press. */
export function Header() {
  const { view, now, landscape } = useKiosk()
  const { t, language } = useMessages()
  const commune = view.office.commune.charAt(0).toUpperCase() + view.office.commune.slice(1)
  const date = (
    <div className="kiosk-date">
      {formatWeekday(now, language, true)}, {formatDate(now)}
    </div>
  )
  return (
    <header className="kiosk-header">
      <Logo size={74} />
      <div className="kiosk-office">
        <div className="kiosk-unit">{view.office.unit}</div>
        <div className="kiosk-commune">{t('kiosk.office', { commune, province: view.office.province })}</div>
        {landscape ? date : null}
        {view.sample ? <Tag tone="indigo">{t('shared.sample')}</Tag> : null}
      </div>
      <div className="kiosk-time">
        <Clock now={now} className="kiosk-clock" />
        {landscape ? null : date}
      </div>
    </header>
  )
}
