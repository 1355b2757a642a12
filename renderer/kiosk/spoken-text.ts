import type { KioskProcedure, KioskView } from '#contract/kiosk.ts'
import type { Translate } from '../i18n/catalogue.ts'
import { formatClock, formatClockRange } from '../i18n/format.ts'
import { feeFact, timeFact, waitText } from './facts.ts'
import { wantedOf } from './model.ts'
import { kioskPapers } from './papers.ts'
import type { AskingScreen, Session } from './session.ts'

interface Parts {
  readonly view: KioskView
  readonly procedures: readonly KioskProcedure[]
}

function spokenAsking(screen: AskingScreen, parts: Parts, t: Translate): string {
  const { procedure, service } = wantedOf(screen, parts)
  const wait = service === null ? '' : `${t('kiosk.take.wait')} ${waitText(service, t)}`
  if (procedure === null) return [service === null ? t('kiosk.find.title') : service.name, wait].join('. ')
  const fee = feeFact(procedure.fees, t)
  const time = timeFact(procedure, t)
  const papers = kioskPapers(procedure.components).filter((paper) => paper.asked)
  return [procedure.shortName, `${fee.label}: ${fee.value}`, `${time.label}: ${time.value}`, wait, t('kiosk.papers.title'), ...papers.map((paper) => paper.title)].join('. ')
}

/** What "Nghe đọc" reads on each screen: what is to be known, then what can be done. Nothing personal. */
export function spokenText(session: Session, parts: Parts, t: Translate): string {
  const { screen } = session
  switch (screen.kind) {
    case 'start':
      return [t('kiosk.start.greeting'), t('kiosk.start.question'), t('kiosk.start.ticket'), t('kiosk.start.browse')].join('. ')
    case 'find':
    case 'service':
      return spokenAsking(screen, parts, t)
    case 'booking':
      return screen.found === null ? [t('kiosk.booking.title'), t('kiosk.booking.text')].join('. ') : [t('kiosk.booking.title'), screen.found.title, `${t('kiosk.booking.at')} ${formatClock(screen.found.at)}`].join('. ')
    case 'priority':
      return [t('kiosk.priority.title'), ...parts.view.priorities.map((group) => t(`shared.priority.${group}`)), t('kiosk.priority.none')].join('. ')
    case 'no-paper':
      return `${t('kiosk.no-paper.title')}. ${t('kiosk.no-paper.text', { counter: parts.view.receptionCounter })}`
    case 'refused':
      return `${t('kiosk.refused.title')}. ${t('kiosk.refused.next', { counter: parts.view.receptionCounter })}`
    case 'ticket': {
      const { expected, ahead, ticket } = screen.issued
      const when = expected === null ? '' : `${t('kiosk.ticket.expected')}: ${formatClockRange(expected.from, expected.to)}`
      return [`${t('kiosk.ticket.yours')}: ${ticket.number}`, `${t('kiosk.ticket.ahead')}: ${t('shared.people', { count: ahead })}`, when].join('. ')
    }
  }
}
