import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { ClockAlert } from './icon.ts'

/** Over 15 minutes a wait is warned of, over 30 it is grave (ui/README "Rows"). */
export function waitLevel(minutes: number): 'calm' | 'warn' | 'danger' {
  if (minutes > 30) return 'danger'
  return minutes > 15 ? 'warn' : 'calm'
}

/** Minutes waited, at the end of a row; over 30 with the clock icon. */
export function WaitMinutes({ minutes }: { readonly minutes: number }) {
  const level = waitLevel(minutes)
  return (
    <span className="mc-row-end num" data-wait={level}>
      {minutes}
      {level === 'danger' ? <ClockAlert size={16} aria-hidden="true" /> : null}
    </span>
  )
}

/** A line of a list; pressable when `onPress` is given. A row keeps its place: one that leaves fades, it doesn't fly. */
export function Row(props: { readonly start?: ReactNode; readonly children: ReactNode; readonly sub?: ReactNode; readonly end?: ReactNode; readonly selected?: boolean; readonly onPress?: () => void }) {
  const inside = (
    <>
      {props.start}
      <span className="mc-row-main">
        <span>{props.children}</span>
        {props.sub === undefined ? null : <div className="mc-row-sub">{props.sub}</div>}
      </span>
      {props.end}
    </>
  )
  const mark = props.selected === true ? { 'data-selected': true, 'aria-current': true as const } : {}
  if (props.onPress === undefined) {
    return (
      <div className="mc-row" {...mark}>
        {inside}
      </div>
    )
  }
  return (
    <Button className="mc-row" onPress={props.onPress} {...mark}>
      {inside}
    </Button>
  )
}

/** Heading between groups of rows. */
export function RowSection({ children }: { readonly children: ReactNode }) {
  return <h3 className="mc-section">{children}</h3>
}

/** Nothing here: a sentence and the next step. */
export function EmptyState({ icon, title, children }: { readonly icon: ReactNode; readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className="mc-empty">
      {icon}
      <div>
        <b>{title}</b>
        {children === undefined ? null : <div className="mc-empty-next">{children}</div>}
      </div>
    </div>
  )
}
