import { useEffect, useState, type KeyboardEvent, type Ref } from 'react'
import type { AppointmentView } from '#contract/appointment.ts'
import type { DossierRow } from '#contract/counter.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages, type Messages } from '../i18n/use-messages.tsx'
import { Icon, Kbd, Tag } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { DossierLine } from './dossier-line.tsx'
import { refusalText } from './use-run.ts'

/** Letters or digits before a search is worth its while, and the pause after typing, ms. */
const patience = { letters: 3, pause: 250 } as const

/** `booked`: an appointment with exactly this code; `why` in its place when nothing can come of it today. */
type Found = { readonly text: string; readonly rows: readonly DossierRow[]; readonly booked: AppointmentView | null; readonly why: string | null } | null

/** What a code of an appointment leads to; most texts are none. */
async function bookedUnder(commands: CounterCommands, text: string, messages: Messages): Promise<Pick<NonNullable<Found>, 'booked' | 'why'>> {
  const result = await commands.appointment(text)
  if (result.ok) return { booked: result.data, why: null }
  return { booked: null, why: result.reason === null || result.reason === 'appointment-unknown' ? null : refusalText(messages, result) }
}

function useFound(commands: CounterCommands, text: string): Found {
  const messages = useMessages()
  const [found, setFound] = useState<Found>(null)
  useEffect(() => {
    const wanted = text.trim()
    if (wanted.length < patience.letters) return undefined
    let current = true
    const timer = setTimeout(() => {
      void Promise.all([commands.find(wanted), bookedUnder(commands, wanted, messages)]).then(([result, booking]) => {
        if (current) setFound({ text: wanted, rows: result.ok ? result.data : [], ...booking })
      })
    }, patience.pause)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [commands, text, messages])
  return text.trim().length < patience.letters ? null : found
}

interface FindBoxProps {
  readonly commands: CounterCommands
  readonly inputRef: Ref<HTMLInputElement>
  readonly onOpen: (code: string) => void
  readonly onBooked: (booked: AppointmentView) => void
}

/** Finds a dossier by code, name, number or phone, or an appointment by its code; arrows choose, Enter opens, Esc closes and gives the focus back. */
export function FindBox({ commands, inputRef, onOpen, onBooked }: FindBoxProps) {
  const { t } = useMessages()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useFound(commands, text)
  const lines: readonly FoundLine[] = found === null ? [] : [...(found.booked === null ? [] : [found.booked]), ...found.rows]
  const open = (line: FoundLine | undefined) => {
    if (line === undefined) return
    setText('')
    if ('window' in line) onBooked(line)
    else onOpen(line.code)
  }
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt((old) => Math.max(0, Math.min(lines.length - 1, old + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter') open(lines[at])
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
        aria-expanded={found !== null} aria-controls="ct-found" aria-autocomplete="list" {...(lines.length > 0 ? { 'aria-activedescendant': `ct-found-${at}` } : {})}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <Kbd>Ctrl K</Kbd>
      {found === null ? null : <FoundList found={found} lines={lines} at={at} onOpen={open} />}
    </div>
  )
}

type FoundLine = AppointmentView | DossierRow

function BookedLine({ booked }: { readonly booked: AppointmentView }) {
  const { t } = useMessages()
  return (
    <span className="ct-dossier-line">
      <span className="num ct-code">{booked.code}</span>
      <span className="ellipsis">{booked.title}</span>
      {booked.name === null ? null : <span className="ellipsis ct-soft">{booked.name}</span>}
      <Tag tone="indigo">{t('counter.row.booked', { time: formatClock(booked.at) })}</Tag>
    </span>
  )
}

function FoundList({ found, lines, at, onOpen }: { readonly found: NonNullable<Found>; readonly lines: readonly FoundLine[]; readonly at: number; readonly onOpen: (line: FoundLine) => void }) {
  const { t } = useMessages()
  if (lines.length === 0) return <div className="ct-found mc-menu" id="ct-found" role="status">{found.why ?? t('counter.find.none', { text: found.text })}</div>
  return (
    <div className="ct-found mc-menu" id="ct-found" role="listbox" aria-label={t('counter.find.results', { count: lines.length })}>
      {lines.map((line, index) => (
        <div key={line.code} id={`ct-found-${index}`} role="option" aria-selected={index === at} className="ct-found-row" onPointerDown={(event) => event.preventDefault()} onClick={() => onOpen(line)}>
          {'window' in line ? <BookedLine booked={line} /> : <DossierLine row={line} person />}
        </div>
      ))}
    </div>
  )
}
