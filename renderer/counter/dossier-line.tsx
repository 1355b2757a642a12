import type { DossierRow } from '#contract/counter.ts'
import type { DossierStatus } from '#domain/dossier.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Tag } from '../ui/index.ts'
import { shortCode } from './rows.ts'

const tones: Partial<Record<DossierStatus, 'green' | 'red' | 'yellow' | 'indigo'>> = {
  accepted: 'green', 'result-ready': 'green', refused: 'red', stopped: 'red', 'need-supplement': 'yellow', 'wait-obligation': 'yellow', processing: 'indigo', 'submitted-online': 'indigo',
}

/** Status of a dossier in the national words. */
export function StatusTag({ status }: { readonly status: DossierStatus }) {
  const { t } = useMessages()
  return <Tag tone={tones[status] ?? 'neutral'}>{t(`counter.status.${status}`)}</Tag>
}

/** One dossier in one line: code, what, state; the whole code is in the tooltip. */
export function DossierLine({ row, person = false }: { readonly row: DossierRow; readonly person?: boolean }) {
  const { t } = useMessages()
  return (
    <span className="ct-dossier-line">
      <span className="num ct-code" title={row.code}>{person ? row.code : shortCode(row.code)}</span>
      <span className="ellipsis" title={row.procedureName}>{row.procedureName}</span>
      {person ? <span className="ellipsis ct-soft">{row.erased === true ? t('sync.person.gone') : row.person}</span> : null}
      <StatusTag status={row.status} />
    </span>
  )
}
