import type { Ref } from 'react'
import type { CounterView, CurrentVisit } from '#contract/counter.ts'
import { formatClock, formatElapsed } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { EmptyState, Icon, Leaf, Tag } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { DossierLine } from './dossier-line.tsx'
import { Button as AriaButton } from 'react-aria-components'
import { NoteField } from './note-field.tsx'
import { PersonCard } from './person-card.tsx'
import { RuleLine } from './rule-line.tsx'

function Head({ visit, now }: { readonly visit: CurrentVisit; readonly now: number }) {
  const { t } = useMessages()
  const { ticket } = visit
  const called = ticket.state === 'called'
  const since = called ? ticket.calledAt : (ticket.startedAt ?? ticket.calledAt)
  const waited = Math.max(0, Math.floor(((ticket.calledAt ?? now) - ticket.issuedAt) / 60_000))
  const title = ticket.title || visit.serviceName
  return (
    <div className="ct-visit-head">
      <Leaf who={ticket.number} where={<span className="num" role="timer">{formatElapsed(since === null ? 0 : now - since)}</span>} whereNote={t(called ? 'counter.visit.called' : 'counter.visit.serving')} />
      <div className="ct-visit-what">
        <h2 className="two-lines" title={title}>{title}</h2>
        {ticket.appointment === undefined ? null : (
          <p className="ct-visit-booked"><Tag tone="indigo">{t('counter.row.booked', { time: formatClock(ticket.appointment.at) })}</Tag> {visit.bookedBy}</p>
        )}
        <p>
          {t('counter.visit.taken', { time: formatClock(ticket.issuedAt) })}{' '}
          {visit.estimateTold === null ? t('counter.visit.waited', { n: waited }) : t('counter.visit.waited.told', { n: waited, range: visit.estimateTold })}
          {ticket.calledAt === null ? null : ` ${t('counter.visit.calls', { n: ticket.calls, time: formatClock(ticket.calledAt) })}`}
        </p>
      </div>
    </div>
  )
}

function DeclaredPapers({ visit }: { readonly visit: CurrentVisit }) {
  const { t } = useMessages()
  if (visit.ticket.papers.length === 0) return null
  return (
    <section>
      <h3 className="ct-section">{t('counter.visit.papers')}</h3>
      <ul className="ct-lines">
        {visit.ticket.papers.map((paper) => (
          <li key={paper.name} data-have={paper.have}>
            {paper.have ? <Icon.CircleCheck size={20} aria-hidden="true" /> : <Icon.CircleAlert size={20} aria-hidden="true" />}
            <span className="ct-grow">{paper.name}</span>
            <span>{t(paper.have ? 'counter.visit.paper.have' : 'counter.visit.paper.missing')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Dossiers({ title, rows, onOpen }: { readonly title: string; readonly rows: CurrentVisit['recent']; readonly onOpen: (code: string) => void }) {
  if (rows.length === 0) return null
  return (
    <section>
      <h3 className="ct-section">{title}</h3>
      <ul className="ct-lines">
        {rows.map((row) => (
          <li key={row.code}>
            <AriaButton className="ct-dossier-open" onPress={() => onOpen(row.code)}><DossierLine row={row} /></AriaButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Nobody({ view }: { readonly view: CounterView }) {
  const { t } = useMessages()
  const first = view.mine[0]?.ticket
  const until = view.counter.pausedUntil
  if (until !== null) {
    return (
      <EmptyState icon={<Icon.Pause aria-hidden="true" />} title={t('counter.visit.paused')}>
        {until === 0 ? t('counter.visit.paused.open') : t('counter.visit.paused.until', { time: formatClock(until) })}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<Icon.Coffee aria-hidden="true" />} title={first === undefined ? t('counter.queue.empty') : t('counter.visit.none')}>
      {first === undefined ? t('counter.visit.none.nobody') : t('counter.visit.none.next', { number: first.number, title: first.title })}
    </EmptyState>
  )
}

/** The citizen at the counter: who, why, what they brought, what they had before. */
export function VisitPanel(props: { readonly view: CounterView; readonly now: number; readonly commands: CounterCommands; readonly noteRef: Ref<HTMLTextAreaElement>; readonly onOpen: (code: string) => void }) {
  const { t } = useMessages()
  const { view } = props
  const visit = view.current
  return (
    <section className="ct-visit" aria-label={visit === null ? t('counter.visit.none') : visit.ticket.number}>
      <div className="ct-visit-scroll">
        {visit === null ? <Nobody view={view} /> : (
          <>
            <Head visit={visit} now={props.now} />
            <PersonCard key={visit.card?.scanId ?? 'none'} visit={visit} />
            <DeclaredPapers visit={visit} />
            <Dossiers title={t('counter.visit.today')} rows={visit.dossiers} onOpen={props.onOpen} />
            <Dossiers title={t('counter.visit.recent')} rows={visit.recent} onOpen={props.onOpen} />
            <NoteField key={visit.ticket.id} ticketId={visit.ticket.id} note={visit.ticket.note ?? ''} now={props.now} commands={props.commands} inputRef={props.noteRef} />
          </>
        )}
      </div>
      <RuleLine view={view} />
    </section>
  )
}
