import { useMessages } from '../i18n/use-messages.tsx'
import './sample-tag.css'

/**
 * The quiet mark of a station that runs on simulated devices. Every screen shows it while `sample` is set; where a clerk or a technician
 * stands it leads to the set-up page (`href`).
 */
export function SampleTag({ href = null }: { readonly href?: string | null }) {
  const { t } = useMessages()
  return href !== null ? (
    <a className="mc-sample" href={href}>
      {t('shared.sample')}
    </a>
  ) : (
    <span className="mc-sample">{t('shared.sample')}</span>
  )
}
