import type { TouchpadView } from '#contract/touchpad.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { OfflineBand } from '../ui/status.tsx'
import { Card } from './card.tsx'
import { Idle, Serving } from './door.tsx'
import { Payment } from './payment.tsx'
import { RatingScreen, type RatingProps } from './rating-screen.tsx'
import { Thanks } from './thanks.tsx'
import './touchpad.css'
import './rating.css'

export interface TouchpadProps extends Pick<RatingProps, 'now' | 'onRate' | 'onSkip' | 'initial'> {
  readonly view: TouchpadView
  readonly connected: boolean
}

function Screen(props: TouchpadProps) {
  const { view } = props
  const { screen } = view
  switch (screen.kind) {
    case 'idle':
      return <Idle view={view} />
    case 'serving':
      return <Serving view={view} number={screen.number} title={screen.title} />
    case 'payment':
      return <Payment view={view} number={screen.number} payment={screen.payment} />
    case 'card':
      return <Card view={view} number={screen.number} method={screen.method} amount={screen.amount} progress={screen.progress} />
    case 'rating':
      return <RatingScreen {...props} key={screen.ticketId} rating={screen} />
    case 'thanks':
      return <Thanks view={view} number={screen.number} />
  }
}

/** What stands before the citizen at the counter: waits, shows who is served, takes the payment, asks for one rating. */
export function Touchpad(props: TouchpadProps) {
  const { t } = useMessages()
  return (
    <div className="tp-root">
      {props.connected ? null : <OfflineBand title={t('touchpad.offline')} />}
      <Screen {...props} />
    </div>
  )
}
