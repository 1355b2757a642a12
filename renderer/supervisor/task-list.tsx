import type { SupervisorView } from '#contract/supervisor.ts'
import { formatClock, formatMoment, formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { CircleAlert, CircleCheck, CloudOff, CreditCard, MonitorOff, PrinterX, TriangleAlert, UserX } from '../ui/icon.ts'
import { EmptyState } from '../ui/list.tsx'
import { useDeviceWords } from './frame.tsx'
import { tasksOf, type Task } from './tasks.ts'

/** A task in two lines: what is the matter, what is safe and what to do. */
function useWords(now: number): (task: Task) => readonly [string, string] {
  const { t, byKey } = useMessages()
  const deviceWords = useDeviceWords()
  return (task) => {
    switch (task.kind) {
      case 'long-wait':
        return [t('supervisor.task.wait', { count: task.people, service: task.service }), t('supervisor.task.wait.next', { minutes: task.minutes })]
      case 'device': {
        const said = deviceWords({ kind: task.device, name: task.name, code: task.code, state: task.urgency === 0 ? 'down' : 'warning' })
        return [t('supervisor.device', said), t(task.urgency === 0 ? 'supervisor.device.down' : 'supervisor.device.warning')]
      }
      case 'print': {
        const time = formatClock(task.since)
        const reason = task.reason === null ? null : byKey(`slip.${task.reason}`)
        const next = reason === null ? t('supervisor.task.print.next', { time }) : t('supervisor.task.print.next.reason', { reason, time })
        return [t(`supervisor.task.print.${task.state}`, { what: task.what }), next]
      }
      case 'card-doubt':
        return [t('supervisor.task.card', { amount: formatMoney(task.amount), code: task.code, time: formatClock(task.at) }), t('supervisor.task.card.next')]
      case 'card-orphan':
        return [t('supervisor.task.orphan', { amount: formatMoney(task.amount), time: formatClock(task.at) }), t('supervisor.task.orphan.next', { receipt: task.receipt ?? '–' })]
      case 'refused':
      case 'stalled':
        return [t(`supervisor.task.${task.kind}`, { peer: t(`supervisor.peer.${task.peer}`) }), t('supervisor.task.trouble.next', { count: task.waiting })]
      case 'gone-clerk':
        return [t('supervisor.task.gone-clerk', { counter: task.counter, name: task.name }), t('supervisor.task.gone-clerk.next')]
      case 'aside':
        return [t('supervisor.task.aside', { count: task.count }), t('supervisor.task.aside.next')]
      case 'sync':
        return [t(`supervisor.task.sync.${task.peer}`, { time: formatMoment(task.since, now) }), t('supervisor.task.sync.next', { count: task.waiting })]
    }
  }
}

function TaskIcon({ task }: { readonly task: Task }) {
  switch (task.kind) {
    case 'long-wait':
      return <CircleAlert aria-hidden="true" />
    case 'sync':
    case 'refused':
    case 'stalled':
      return <CloudOff aria-hidden="true" />
    case 'card-doubt':
    case 'card-orphan':
      return <CreditCard aria-hidden="true" />
    case 'print':
      return <PrinterX aria-hidden="true" />
    case 'gone-clerk':
      return <UserX aria-hidden="true" />
    case 'aside':
      return <TriangleAlert aria-hidden="true" />
    case 'device':
      if (task.device === 'printer') return <PrinterX aria-hidden="true" />
      return task.device === 'board' || task.device === 'touchpad' ? <MonitorOff aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />
  }
}

const keyOf = (task: Task) => {
  if (task.kind === 'long-wait') return `wait ${task.service}`
  if (task.kind === 'device') return `device ${task.device} ${task.name}`
  if (task.kind === 'aside') return 'aside'
  if (task.kind === 'gone-clerk') return `clerk ${task.counter}`
  if (task.kind === 'card-doubt' || task.kind === 'card-orphan') return `${task.kind} ${task.at}`
  return task.kind === 'print' ? `print ${task.what}` : `sync ${task.peer}`
}

/** What needs somebody, gravest first. */
export function Tasks({ view }: { readonly view: SupervisorView }) {
  const { t } = useMessages()
  const words = useWords(view.now)
  const tasks = tasksOf(view)
  return (
    <section className="sv-tasks">
      <div className="sv-title">
        <h2>{t('supervisor.tasks')}</h2>
        {tasks.length === 0 ? null : <p>{t('supervisor.tasks.count', { count: tasks.length })}</p>}
      </div>
      {tasks.length === 0 ? (
        <EmptyState icon={<CircleCheck aria-hidden="true" />} title={t('supervisor.tasks.none')}>
          {t('supervisor.tasks.none.next')}
        </EmptyState>
      ) : (
        <ul>
          {tasks.map((task) => {
            const [title, next] = words(task)
            return (
              <li key={keyOf(task)} data-urgency={task.urgency}>
                <TaskIcon task={task} />
                <div>
                  <b>{title}</b>
                  <p>{next}</p>
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
