import { useState, type ReactNode } from 'react'
import type { CounterView, QueueRow } from '#contract/counter.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, EmptyState, Icon, Row, RowSection, SegmentedControl, Tag, WaitMinutes } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { rowModel, type RowModel, type SubLine } from './rows.ts'
import { useRun } from './use-run.ts'

export type QueueChoice = 'mine' | 'room'

function useSubLine(): (sub: SubLine, short: boolean) => ReactNode {
  const { t } = useMessages()
  return (sub, short) => {
    switch (sub.kind) {
      case 'booked': return <Tag tone="indigo">{t('counter.row.booked', { time: formatClock(sub.at) })}</Tag>
      case 'priority':
        return sub.group === 'appointment'
          ? <Tag tone="indigo">{t('counter.row.appointment')}</Tag>
          : <><Tag tone="yellow">{t('counter.row.priority')}</Tag> {t(`counter.group.${sub.group}`)}</>
      case 'returned': return <Tag>{t('counter.row.returned')}</Tag>
      case 'papers':
        if (sub.missing === 0) return t(short ? 'counter.row.papers.ok.short' : 'counter.row.papers.ok')
        return t(short ? 'counter.row.papers.missing.short' : 'counter.row.papers.missing', { count: sub.missing })
      case 'undeclared': return t('counter.row.undeclared')
      case 'held': {
        const time = sub.at === null ? '' : formatClock(sub.at)
        return sub.reason === null || sub.reason === '' ? t('counter.row.held.noreason', { time }) : t('counter.row.held', { reason: sub.reason, time })
      }
      case 'absent': return t('counter.row.absent', { n: sub.calls, time: sub.at === null ? '' : formatClock(sub.at) })
    }
  }
}

function Line({ model, selected, onPress }: { readonly model: RowModel; readonly selected: boolean; readonly onPress: (() => void) | undefined }) {
  const { t } = useMessages()
  const subLine = useSubLine()
  const absent = model.sub.kind === 'absent'
  const sub = (
    <span className="ct-row-sub ellipsis">
      {subLine(model.sub, false)}
      {model.papers === null ? null : <>{model.sub.kind === 'priority' && model.sub.group !== 'appointment' ? ', ' : ' '}{subLine(model.papers, true)}</>}
      {model.onlyCounter === null ? null : <>, {t('counter.row.only', { id: model.onlyCounter })}</>}
    </span>
  )
  return (
    <Row start={<span className="ct-number">{model.number}</span>} sub={sub} selected={selected} end={absent ? undefined : <WaitMinutes minutes={model.minutes} />} {...(onPress === undefined ? {} : { onPress })}>
      <span className="ct-row-title ellipsis" title={model.title}>{model.title}</span>
    </Row>
  )
}

type RowAct = 'call' | 'resume' | 'requeue'

/** What can be done with a row that was pressed; opens in place under it. */
function RowActions({ row, view, commands, onDone }: { readonly row: QueueRow; readonly view: CounterView; readonly commands: CounterCommands; readonly onDone: () => void }) {
  const { t } = useMessages()
  const { pending, refused, run } = useRun<RowAct>()
  const { id, number, state } = row.ticket
  const busy = view.current !== null ? t('counter.queue.busy') : view.counter.pausedUntil !== null ? t('counter.why.paused') : undefined
  const act = (kind: RowAct) => void run(kind, () => commands.act({ kind, ticketId: id })).then((done) => (done === null ? undefined : onDone()))
  return (
    <div className="ct-row-actions">
      {state === 'held'
        ? <Button unavailable={busy} pending={pending === 'resume' ? t('counter.pending.start') : undefined} onPress={() => act('resume')}>{t('counter.queue.resume', { number })}</Button>
        : <Button unavailable={busy} pending={pending === 'call' ? t('counter.pending.call-next') : undefined} onPress={() => act('call')}>{t('counter.queue.call', { number })}</Button>}
      {state === 'waiting' ? null : (
        <Button pending={pending === 'requeue' ? t('counter.queue.requeue', { number }) : undefined} onPress={() => act('requeue')}>{t('counter.queue.requeue', { number })}</Button>
      )}
      {busy === undefined ? null : <p className="ct-soft">{busy}</p>}
      {refused === null ? null : <p className="ct-refused">{refused.text}</p>}
    </div>
  )
}

function Rows({ rows, view, commands, opened, setOpened, next = null }: {
  readonly rows: readonly QueueRow[]
  readonly view: CounterView
  readonly commands: CounterCommands
  readonly opened: string | null
  readonly setOpened: (id: string | null) => void
  readonly next?: string | null
}) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.ticket.id} className={row.ticket.id === next ? 'ct-next' : undefined}>
          <Line model={rowModel(row)} selected={row.ticket.id === next} onPress={() => setOpened(opened === row.ticket.id ? null : row.ticket.id)} />
          {opened === row.ticket.id ? <RowActions row={row} view={view} commands={commands} onDone={() => setOpened(null)} /> : null}
        </li>
      ))}
    </ul>
  )
}

function Empty({ which }: { readonly which: QueueChoice }) {
  const { t } = useMessages()
  return (
    <div className="ct-empty">
      <EmptyState icon={<Icon.Coffee aria-hidden="true" />} title={t(which === 'mine' ? 'counter.queue.empty' : 'counter.queue.empty.room')}>
        {t(which === 'mine' ? 'counter.queue.empty.next' : 'counter.queue.empty.room.next')}
      </EmptyState>
    </div>
  )
}

/** Everybody waiting, in the order they will be called; then those held and absent. */
export function QueuePanel({ view, commands, which, onWhich }: { readonly view: CounterView; readonly commands: CounterCommands; readonly which: QueueChoice; readonly onWhich: (which: QueueChoice) => void }) {
  const { t } = useMessages()
  const [opened, setOpened] = useState<string | null>(null)
  const shared = { view, commands, opened, setOpened }
  const [first, ...others] = which === 'mine' ? view.mine : []
  return (
    <section className="ct-queue" aria-labelledby="ct-queue-title">
      <div className="ct-queue-head">
        <h2 id="ct-queue-title">{t('counter.queue')}</h2>
        <SegmentedControl
          label={t('counter.queue.which')} value={which} onChange={onWhich} className="ct-which"
          segments={[{ id: 'mine', label: t('counter.queue.mine', { n: view.mine.length }) }, { id: 'room', label: t('counter.queue.room', { n: view.room.length }) }]}
        />
      </div>
      <div className="ct-queue-list" tabIndex={-1}>
        {first === undefined ? null : (
          <>
            <div className="ct-next-head"><h3>{t('counter.queue.next')}</h3><span>{t('counter.queue.minutes')}</span></div>
            <Rows rows={[first]} next={first.ticket.id} {...shared} />
            {others.length === 0 ? null : <RowSection>{t('counter.queue.then', { n: others.length })}</RowSection>}
            <Rows rows={others} {...shared} />
          </>
        )}
        {which === 'room' && view.room.length > 0 ? <><RowSection>{t('counter.queue.everybody')}</RowSection><Rows rows={view.room} {...shared} /></> : null}
        {(which === 'mine' ? view.mine : view.room).length === 0 ? <Empty which={which} /> : null}
        {view.held.length === 0 ? null : <><RowSection>{t('counter.queue.held', { n: view.held.length })}</RowSection><Rows rows={view.held} {...shared} /></>}
        {view.absent.length === 0 ? null : <><RowSection>{t('counter.queue.absent', { n: view.absent.length })}</RowSection><Rows rows={view.absent} {...shared} /></>}
      </div>
    </section>
  )
}
