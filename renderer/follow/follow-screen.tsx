import type { FollowView } from '#contract/follow.ts'
import type { Translate } from '../i18n/catalogue.ts'
import { formatClock, formatClockRange, formatRange } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Button, Icon, Logo } from '../ui/index.ts'
import './follow.css'

interface Said {
  readonly tone: 'wait' | 'go' | 'quiet'
  readonly title: string
  readonly text: string
}

/** What the ticket's state means for its holder, in one sentence and what to do. */
function said(view: FollowView, t: Translate): Said {
  const counter = view.counter ?? view.counters[0] ?? ''
  switch (view.state) {
    case 'waiting':
      return view.ahead === 0 ? { tone: 'wait', title: t('follow.next'), text: '' } : { tone: 'wait', title: t('follow.ahead', { count: view.ahead }), text: '' }
    case 'called':
      return { tone: 'go', title: t('follow.called', { counter }), text: t('follow.called.text', { number: view.number }) }
    case 'serving':
      return { tone: 'quiet', title: t('follow.serving'), text: t('follow.serving.text', { counter }) }
    case 'held':
      return { tone: 'quiet', title: t('follow.held'), text: t('follow.held.text', { counter }) }
    case 'no-show':
      return { tone: 'quiet', title: t('follow.no-show'), text: t('follow.no-show.text') }
    case 'done':
      return { tone: 'quiet', title: t('follow.done'), text: t('follow.done.text') }
    case 'cancelled':
      return { tone: 'quiet', title: t('follow.cancelled'), text: t('follow.cancelled.text') }
  }
}

function Facts({ view }: { readonly view: FollowView }) {
  const { t } = useMessages()
  const { estimate } = view
  return (
    <dl className="follow-facts">
      {estimate === null ? null : (
        <>
          <div>
            <dt>{t('follow.estimate')}</dt>
            <dd>{t('shared.minutes', { range: formatRange(estimate) })}</dd>
          </div>
          <div>
            <dt>{t('follow.expected')}</dt>
            <dd>{formatClockRange(view.asOf + estimate.from * 60_000, view.asOf + estimate.to * 60_000)}</dd>
          </div>
        </>
      )}
      <div>
        <dt>{t('follow.at')}</dt>
        <dd>{view.counters.length === 0 ? t('follow.at.board') : t('shared.counters', { ids: view.counters.join(', ') })}</dd>
      </div>
    </dl>
  )
}

function Header({ view }: { readonly view: FollowView }) {
  const { t, language, setLanguage } = useMessages()
  return (
    <header className="follow-header">
      <Logo size={32} onBar />
      <span>{t('follow.office', { unit: view.office.unit, commune: view.office.commune })}</span>
      <Button kind="plain" className="follow-language" onPress={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
        {t('follow.switch')}
      </Button>
    </header>
  )
}

/** The page behind the ticket's QR: one number, nothing personal. `lostSince` is set while this phone has no connection (epoch ms). */
export function FollowScreen({ view, lostSince }: { readonly view: FollowView; readonly lostSince: number | null }) {
  const { t } = useMessages()
  const { tone, title, text } = said(view, t)
  return (
    <div className="follow">
      <Header view={view} />
      <main className="follow-main">
        <section className="follow-number" data-tone={tone}>
          <h1>
            <span className="follow-label">{t('follow.yours')}</span>
            <span className="follow-digits">{view.number}</span>
          </h1>
          {view.title === '' ? null : <p className="follow-title two-lines">{view.title}</p>}
        </section>
        <section className="follow-state" data-tone={tone} role="status">
          <p className="follow-say">{title}</p>
          {text === '' ? null : <p>{text}</p>}
        </section>
        {view.state === 'waiting' ? <Facts view={view} /> : null}
        {lostSince === null ? null : <Alert tone="warn" icon={<Icon.CloudOff aria-hidden="true" />} title={t('follow.lost', { time: formatClock(lostSince) })} />}
      </main>
      <footer className="follow-foot">
        {view.state === 'waiting' ? <p>{t('follow.stay')}</p> : null}
        <p>{t('follow.as-of', { time: formatClock(view.asOf, true) })}</p>
        {view.office.phone === '' ? null : <p>{t('follow.phone', { phone: view.office.phone })}</p>}
      </footer>
    </div>
  )
}
