import type { ReactNode } from 'react'

/**
 * The two-leaf pair: green says who (a number), yellow where or when (counter, timer, time). Used for the mark, the kiosk's primary
 * button, the counter's current number and the board's call, and nothing else.
 */
export function Leaf(props: {
  readonly who: ReactNode
  readonly whoNote?: ReactNode
  readonly where: ReactNode
  readonly whereNote?: ReactNode
  readonly size?: 'number' | 'small' | 'free'
  /** Plays the opening once (320 ms): yellow slides out from behind green. */
  readonly open?: boolean
  readonly className?: string
}) {
  return (
    <div className={props.className === undefined ? 'mc-leaf' : `mc-leaf ${props.className}`} data-size={props.size ?? 'number'} {...(props.open === true ? { 'data-open': true } : {})}>
      <div className="mc-leaf-who">
        {props.who}
        {props.whoNote === undefined ? null : <span className="mc-leaf-note">{props.whoNote}</span>}
      </div>
      <div className="mc-leaf-where">
        {props.where}
        {props.whereNote === undefined ? null : <span className="mc-leaf-note">{props.whereNote}</span>}
      </div>
    </div>
  )
}
