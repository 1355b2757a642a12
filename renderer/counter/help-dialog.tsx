import { useState } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, Dialog, Kbd, SegmentedControl } from '../ui/index.ts'
import { intakeKeys, queueKeys, type ActionId, type IntakeKey } from './actions.ts'
import { currentTheme, setTheme, type Theme } from './theme.ts'

const queueOrder = ['call-next', 'recall', 'start', 'hold', 'transfer', 'no-show', 'finish', 'note', 'room', 'find', 'help'] as const satisfies readonly ActionId[]
const intakeOrder = ['procedure', 'submitter', 'papers', 'result', 'fee', 'problem', 'due', 'accept', 'back', 'find', 'help'] as const satisfies readonly IntakeKey[]

function Keys({ rows }: { readonly rows: readonly { readonly key: string; readonly what: string }[] }) {
  return (
    <dl className="ct-keys">
      {rows.map((row) => (
        <div key={row.key}><dt><Kbd>{row.key}</Kbd></dt><dd>{row.what}</dd></div>
      ))}
    </dl>
  )
}

/** Keys of the screen in front, colours and language. The only dialog that opens by itself on a key. */
export function HelpDialog({ screen, onClose }: { readonly screen: 'queue' | 'intake'; readonly onClose: () => void }) {
  const { t, language, setLanguage } = useMessages()
  const [theme, setShown] = useState<Theme>(currentTheme)
  const choose = (next: Theme) => {
    setTheme(next)
    setShown(next)
  }
  const word = (id: (typeof queueOrder)[number]) =>
    id === 'call-next' || id === 'note' || id === 'room' || id === 'find' || id === 'help' ? t(`counter.help.key.${id}`) : t(`counter.act.${id}`)
  const rows = screen === 'queue'
    ? [...queueOrder.flatMap((id) => { const key = queueKeys[id]; return key === undefined ? [] : [{ key, what: word(id) }] }), { key: 'Enter', what: t('counter.help.enter') }]
    : intakeOrder.map((id) => ({ key: intakeKeys[id], what: t(`counter.help.key.${id}`) }))
  return (
    <Dialog title={t('counter.help.title')} onClose={onClose} actions={<Button hint="Esc" onPress={onClose}>{t('counter.help.close')}</Button>}>
      <h3 className="ct-section">{t(screen === 'queue' ? 'counter.help.queue' : 'counter.help.intake')}</h3>
      <Keys rows={rows} />
      <div className="ct-help-choices">
        <SegmentedControl
          label={t('counter.help.theme')} showLabel tone="soft" value={theme} onChange={choose}
          segments={[{ id: 'light', label: t('counter.help.light') }, { id: 'dark', label: t('counter.help.dark') }, { id: 'contrast', label: t('counter.help.contrast') }]}
        />
        <SegmentedControl
          label={t('counter.help.language')} showLabel tone="soft" value={language} onChange={setLanguage}
          segments={[{ id: 'vi', label: t('shared.language.vi') }, { id: 'en', label: t('shared.language.en') }]}
        />
      </div>
    </Dialog>
  )
}
