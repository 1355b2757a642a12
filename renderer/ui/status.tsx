import type { ReactNode } from 'react'
import { CircleAlert, CircleCheck, CloudOff, Info, TriangleAlert } from './icon.ts'

export type Tone = 'danger' | 'warn' | 'info' | 'ok'

/** One word of state; never a bare dot. */
export function Tag({ tone = 'neutral', icon, children }: { readonly tone?: 'yellow' | 'indigo' | 'green' | 'red' | 'neutral'; readonly icon?: ReactNode; readonly children: ReactNode }) {
  return (
    <span className="mc-tag" data-tone={tone}>
      {icon}
      {children}
    </span>
  )
}

const alertIcons = { danger: CircleAlert, warn: TriangleAlert, info: Info, ok: CircleCheck } as const

/** 4 px bar, icon, bold first sentence (`title`), then what to do. `ok` leaves by the caller's 6 s timer, the others when solved. */
export function Alert(props: { readonly tone: Tone; readonly title: ReactNode; readonly children?: ReactNode; readonly icon?: ReactNode; readonly actions?: ReactNode }) {
  const AlertIcon = alertIcons[props.tone]
  return (
    <div className="mc-alert" data-tone={props.tone} role={props.tone === 'danger' ? 'alert' : 'status'}>
      {props.icon ?? <AlertIcon aria-hidden="true" />}
      <div className="mc-alert-text">
        <b>{props.title}</b> {props.children}
      </div>
      {props.actions}
    </div>
  )
}

const urgency: Record<Tone, number> = { danger: 0, warn: 1, info: 2, ok: 3 }

/** At most two alerts, the gravest first; `more` words the rest ("và 2 việc khác"). */
export function AlertStack(props: { readonly alerts: readonly { readonly key: string; readonly tone: Tone; readonly node: ReactNode }[]; readonly more: (count: number) => string }) {
  const sorted = props.alerts.toSorted((a, b) => urgency[a.tone] - urgency[b.tone])
  const hidden = sorted.length - 2
  return (
    <>
      {sorted.slice(0, 2).map((alert) => (
        <div key={alert.key}>{alert.node}</div>
      ))}
      {hidden > 0 ? <p className="mc-alert-more">{props.more(hidden)}</p> : null}
    </>
  )
}

/** Inverted band under the top bar: since when (`title`), what still works, how much waits. It blocks nothing. */
export function OfflineBand({ title, children }: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className="mc-offline" role="status">
      <CloudOff aria-hidden="true" />
      <span>
        <b>{title}</b> {children}
      </span>
    </div>
  )
}

/** The quiet bar of devices and sync at the foot; only what is wrong gets colour and bold. */
export function StatusBar({ children, end }: { readonly children: ReactNode; readonly end?: ReactNode }) {
  return (
    <footer className="mc-statusbar">
      {children}
      <span className="mc-status-space" />
      {end}
    </footer>
  )
}

/** One device or line of the status bar. */
export function StatusItem({ icon, state = 'ok', children }: { readonly icon: ReactNode; readonly state?: 'ok' | 'warning' | 'down' | 'absent'; readonly children: ReactNode }) {
  return (
    <span className="mc-status-item" data-state={state}>
      {icon}
      {children}
    </span>
  )
}

/** Bar of the idle timer: `fraction` of the time that is left, 1…0. Decoration; the words beside it say the seconds. */
export function IdleBar({ fraction }: { readonly fraction: number }) {
  return (
    <div className="mc-progress" aria-hidden="true">
      <div className="mc-progress-fill" style={{ transform: `scaleX(${Math.max(0, Math.min(1, fraction))})` }} />
    </div>
  )
}
