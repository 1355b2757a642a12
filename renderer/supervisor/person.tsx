import { useState } from 'react'
import type { ErasureDone } from '#contract/person.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import type { Result } from '../state/index.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Alert } from '../ui/status.tsx'
import { TextField } from '../ui/text-field.tsx'

export interface PersonProps {
  readonly onExport: (idNumber: string) => Promise<Result<Readonly<Record<string, unknown>>> | null>
  readonly onErase: (idNumber: string) => Promise<Result<ErasureDone> | null>
}

type Done = { readonly kind: 'exported'; readonly dossiers: number; readonly drafts: number } | ({ readonly kind: 'erased' } & ErasureDone) | { readonly kind: 'failed' }

const idPattern = /^(\d{12}|\d{9}|[A-Z]{1,2}\d{6,8})$/
const count = (list: unknown) => (Array.isArray(list) ? list.length : 0)

/** Hands the browser a file. */
function download(name: string, data: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}

function Outcome({ done }: { readonly done: Done }) {
  const { t } = useMessages()
  if (done.kind === 'failed') return <Alert tone="danger" title={t('sync.person.failed')}>{t('sync.person.failed.next')}</Alert>
  const { dossiers, drafts } = done
  if (done.kind === 'exported') return <Alert tone="info" title={t('sync.person.exported', { dossiers, drafts })}>{t('sync.person.exported.next')}</Alert>
  return <Alert tone="info" title={t('sync.person.erased', { dossiers, drafts })}>{t(done.everywhere ? 'sync.person.erased.everywhere' : 'sync.person.erased.here')}</Alert>
}

/** A person's rights: what is held of them as a file, and being forgotten. */
export function PersonData({ onExport, onErase }: PersonProps) {
  const { t } = useMessages()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState<'export' | 'erase' | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const idNumber = text.replace(/[\s.-]/g, '').toUpperCase()
  const checked = () => {
    setDone(null)
    setWrong(!idPattern.test(idNumber))
    return idPattern.test(idNumber)
  }
  const exportNow = async () => {
    if (!checked()) return
    setBusy('export')
    const answer = await onExport(idNumber)
    if (answer?.ok === true) download(t('sync.person.file'), answer.data)
    setDone(answer?.ok === true ? { kind: 'exported', dossiers: count(answer.data['dossiers']), drafts: count(answer.data['drafts']) } : { kind: 'failed' })
    setBusy(null)
  }
  const eraseNow = async () => {
    setAsking(false)
    setBusy('erase')
    const answer = await onErase(idNumber)
    setDone(answer?.ok === true ? { kind: 'erased', ...answer.data } : { kind: 'failed' })
    setBusy(null)
  }
  return (
    <main className="sv-page">
      <h1>{t('sync.person.title')}</h1>
      <p className="sv-lead">{t('sync.person.lead')}</p>
      <TextField label={t('sync.person.id')} value={text} onChange={setText} maxLength={20} width="240px" error={wrong ? t('sync.person.id.wrong') : undefined} />
      <div className="sv-actions">
        <Button pending={busy === 'export' ? t('sync.person.exporting') : undefined} onPress={() => void exportNow()}>{t('sync.person.export')}</Button>
        <Button kind="serious" pending={busy === 'erase' ? t('sync.person.erasing') : undefined} onPress={() => checked() && setAsking(true)}>{t('sync.person.erase')}</Button>
      </div>
      {done === null ? null : <Outcome done={done} />}
      {asking ? (
        <Dialog
          title={t('sync.person.erase.title')}
          role="alertdialog"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button autoFocus onPress={() => setAsking(false)}>{t('sync.person.erase.cancel')}</Button>
              <Button kind="serious" onPress={() => void eraseNow()}>{t('sync.person.erase.confirm')}</Button>
            </>
          }
        >
          <p>{t('sync.person.erase.text')}</p>
        </Dialog>
      ) : null}
    </main>
  )
}
