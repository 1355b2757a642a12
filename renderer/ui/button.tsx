import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, Tooltip, TooltipTrigger, type PressEvent } from 'react-aria-components'
import { Kbd } from './kbd.tsx'

export interface ButtonProps {
  readonly children: ReactNode
  /** `primary` once a screen; `serious` never beside it; `plain` for tools without a frame. */
  readonly kind?: 'primary' | 'secondary' | 'serious' | 'plain'
  readonly icon?: ReactNode
  /** Second line in smaller type. */
  readonly sub?: ReactNode
  /** Key shown on the control, e.g. `F2`. The screen binds it. */
  readonly hint?: string
  /** Says what is going on ("Đang gọi"); while set, presses are ignored and a spinner replaces the icon. */
  readonly pending?: string | undefined
  /** Why it can't be pressed now; it stays focusable and says so. */
  readonly unavailable?: string | undefined
  readonly align?: 'center' | 'start'
  readonly size?: 'normal' | 'large'
  readonly className?: string
  readonly autoFocus?: boolean
  readonly 'aria-label'?: string
  readonly 'aria-pressed'?: boolean
  readonly 'aria-expanded'?: boolean
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly onPress?: (event: PressEvent) => void
}

function Label({ children, sub }: { readonly children: ReactNode; readonly sub: ReactNode }) {
  if (sub === undefined) return <span>{children}</span>
  return (
    <span className="mc-button-text">
      <span>{children}</span>
      <span className="mc-button-sub">{sub}</span>
    </span>
  )
}

/** Every pressable thing with a word on it. Acts on release inside, as all of React Aria's buttons do. */
export function Button(props: ButtonProps) {
  const { kind = 'secondary', pending, unavailable, icon, hint, sub } = props
  const idle = pending === undefined && unavailable === undefined
  const button = (
    <AriaButton
      ref={props.buttonRef ?? null}
      className={props.className === undefined ? 'mc-button' : `mc-button ${props.className}`}
      data-kind={kind}
      data-align={props.align ?? 'center'}
      data-size={props.size ?? 'normal'}
      {...(unavailable === undefined ? {} : { 'data-unavailable': true, 'aria-disabled': true })}
      {...(props.autoFocus === undefined ? {} : { autoFocus: props.autoFocus })}
      {...(props['aria-label'] === undefined ? {} : { 'aria-label': props['aria-label'] })}
      {...(props['aria-pressed'] === undefined ? {} : { 'aria-pressed': props['aria-pressed'] })}
      {...(props['aria-expanded'] === undefined ? {} : { 'aria-expanded': props['aria-expanded'] })}
      isPending={pending !== undefined}
      onPress={(event) => {
        if (idle) props.onPress?.(event)
      }}
    >
      {pending === undefined ? icon : <span className="mc-spinner" aria-hidden="true" />}
      <Label sub={sub}>{pending ?? props.children}</Label>
      {hint === undefined ? null : <Kbd>{hint}</Kbd>}
    </AriaButton>
  )
  if (unavailable === undefined) return button
  return (
    <TooltipTrigger delay={300}>
      {button}
      <Tooltip className="mc-tooltip" offset={6}>
        {unavailable}
      </Tooltip>
    </TooltipTrigger>
  )
}

/** A link in running text that does something on this screen. */
export function LinkButton({ children, onPress }: { readonly children: ReactNode; readonly onPress: () => void }) {
  return (
    <AriaButton className="mc-link" onPress={onPress}>
      {children}
    </AriaButton>
  )
}
