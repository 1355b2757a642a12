import { useEffect, useState, type KeyboardEvent, type Ref } from 'react'
import type { DossierRow } from '#contract/counter.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon, Kbd } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { DossierLine } from './dossier-line.tsx'

/** Letters or digits before a search is worth its while, and the pause after typing, ms. */
const patience = { letters: 3, pause: 250 } as const

type Found = { readonly text: string; readonly rows: readonly DossierRow[] } | null

function useFound(commands: CounterCommands, text: string): Found {
  const [found, setFound] = useState<Found>(null)
  useEffect(() => {
    const wanted = text.trim()
    if (wanted.length < patience.letters) return undefined
    let current = true
    const timer = setTimeout(() => {
      void commands.find(wanted).then((result) => {
        if (current) setFound({ text: wanted, rows: result.ok ? result.data : [] })
      })
    }, patience.pause)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [commands, text])
  return text.trim().length < patience.letters ? null : found
}

/** Finds a dossier by code, name, number or phone; arrows choose, Enter opens, Esc closes and gives the focus back. */
export function FindBox({ commands, inputRef, onOpen }: { readonly commands: CounterCommands; readonly inputRef: Ref<HTMLInputElement>; readonly onOpen: (code: string) => void }) {
  const { t } = useMessages()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useFound(commands, text)
  const rows = found?.rows ?? []
  const open = (row: DossierRow | undefined) => {
    if (row === undefined) return
    setText('')
    onOpen(row.code)
  }
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt((old) => Math.max(0, Math.min(rows.length - 1, old + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter') open(rows[at])
    else if (event.key === 'Escape') {
      event.preventDefault()
      setText('')
      event.currentTarget.blur()
    }
  }
  return (
    <div className="ct-find" role="search">
      <Icon.Search size={18} aria-hidden="true" />
      <input
        ref={inputRef} value={text} placeholder={t('counter.find.label')} aria-label={t('counter.find.label')} autoComplete="off" spellCheck={false} role="combobox"
        aria-expanded={found !== null} aria-controls="ct-found" aria-autocomplete="list" {...(rows.length > 0 ? { 'aria-activedescendant': `ct-found-${at}` } : {})}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <Kbd>Ctrl K</Kbd>
      {found === null ? null : <FoundList found={found} at={at} onOpen={open} />}
    </div>
  )
}

function FoundList({ found, at, onOpen }: { readonly found: NonNullable<Found>; readonly at: number; readonly onOpen: (row: DossierRow) => void }) {
  const { t } = useMessages()
  if (found.rows.length === 0) return <div className="ct-found mc-menu" id="ct-found" role="status">{t('counter.find.none', { text: found.text })}</div>
  return (
    <div className="ct-found mc-menu" id="ct-found" role="listbox" aria-label={t('counter.find.results', { count: found.rows.length })}>
      {found.rows.map((row, index) => (
        <div key={row.code} id={`ct-found-${index}`} role="option" aria-selected={index === at} className="ct-found-row" onPointerDown={(event) => event.preventDefault()} onClick={() => onOpen(row)}>
          <DossierLine row={row} person />
        </div>
      ))}
    </div>
  )
}
