import type { Ref } from 'react'
import type { AppointmentView } from '#contract/appointment.ts'
import type { CounterView } from '#contract/counter.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Clock, Icon, Logo } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { FindBox } from './find-box.tsx'

/** Where I am, the search, who I am, what time it is. */
export function TopBar(props: { readonly view: CounterView; readonly now: number; readonly commands: CounterCommands; readonly findRef: Ref<HTMLInputElement>; readonly onOpen: (code: string) => void; readonly onBooked: (booked: AppointmentView) => void }) {
  const { t } = useMessages()
  const { view } = props
  return (
    <header className="ct-top">
      <div className="ct-top-who">
        <Logo size={28} onBar />
        <h1>{t('counter.counter', { id: view.counter.id })}</h1>
        <span className="ct-top-services ellipsis" title={view.serviceNames.join(', ')}>{view.serviceNames.join(', ')}</span>
      </div>
      <FindBox commands={props.commands} inputRef={props.findRef} onOpen={props.onOpen} onBooked={props.onBooked} />
      <div className="ct-top-end">
        <span className="ct-top-staff">
          <Icon.CircleUserRound size={20} aria-hidden="true" />
          <span className="ct-top-clerk">
            <span className="ellipsis" title={view.staffName}>{view.staffName}</span>
            {view.staffPosition === null ? null : <small className="ellipsis" title={view.staffPosition}>{view.staffPosition}</small>}
          </span>
        </span>
        <Clock now={props.now} className="ct-top-clock num" />
      </div>
    </header>
  )
}
