import { useMessages } from '../i18n/use-messages.tsx'
import './sample-tag.css'

/**
 * The quiet mark of a station that runs on simulated devices. Every screen shows it while `sample` is set; where a clerk or a technician
 * stands (`linked`) it leads to the set-up page.
 */
export function SampleTag({ linked = false }: { readonly linked?: boolean }) {
  const { t } = useMessages()
  return linked ? (
    <a className="mc-sample" href="/supervisor.html#setup">
      {t('shared.sample')}
    </a>
  ) : (
    <span className="mc-sample">{t('shared.sample')}</span>
  )
}
