import { useEffect, useId, useRef, useState, type Ref } from 'react'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Kbd } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'

type Saved = { readonly kind: 'clean' } | { readonly kind: 'saving' } | { readonly kind: 'saved'; readonly at: number } | { readonly kind: 'failed' }

/** Pause after typing before a note is saved, and before a failed one is tried again; ms. */
const pause = { typing: 900, again: 5000 } as const

/** The clerk's note on this visit; saved by itself, and says so. What was typed is never replaced by an older note from the station. */
export function NoteField({ ticketId, note, now, commands, inputRef }: { readonly ticketId: string; readonly note: string; readonly now: number; readonly commands: CounterCommands; readonly inputRef: Ref<HTMLTextAreaElement> }) {
  const { t } = useMessages()
  const id = useId()
  const [text, setText] = useState<string | null>(null)
  const [saved, setSaved] = useState<Saved>({ kind: 'clean' })
  const stored = useRef(note)
  const shown = text ?? note
  const clock = useRef(now)
  useEffect(() => {
    clock.current = now
  })
  useEffect(() => {
    if (text === null || text === stored.current) return undefined
    const save = async () => {
      setSaved({ kind: 'saving' })
      const result = await commands.act({ kind: 'note', ticketId, text })
      if (result.ok) stored.current = text
      setSaved(result.ok ? { kind: 'saved', at: clock.current } : { kind: 'failed' })
    }
    const timer = setTimeout(() => void save(), saved.kind === 'failed' ? pause.again : pause.typing)
    return () => clearTimeout(timer)
    // Typing restarts the pause; a failure starts the longer one.
  }, [commands, ticketId, text, saved.kind])
  const said = saved.kind === 'saving' ? t('counter.visit.note.saving') : saved.kind === 'saved' ? t('counter.visit.note.saved', { time: formatClock(saved.at) }) : t('counter.visit.note.who')
  return (
    <section className="ct-note">
      <div className="ct-note-head">
        <label htmlFor={id} className="ct-section">{t('counter.visit.note')}</label>
        <span role="status">{said}</span>
        <Kbd>Alt N</Kbd>
      </div>
      <textarea id={id} ref={inputRef} className="mc-input" rows={1} maxLength={500} value={shown} onChange={(event) => setText(event.target.value)} />
      {saved.kind === 'failed' ? <p className="ct-refused">{t('counter.visit.note.failed')}</p> : null}
    </section>
  )
}
