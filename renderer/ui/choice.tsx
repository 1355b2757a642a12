import type { ReactNode } from 'react'
import { Button, CheckboxButton, CheckboxField, Group, Input, Label, NumberField, Radio, RadioGroup } from 'react-aria-components'
import { Check, Minus, Plus } from './icon.ts'

/** A tick box with its word; the whole line is the target. */
export function Checkbox(props: { readonly children?: ReactNode; readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly disabled?: boolean; readonly 'aria-label'?: string }) {
  return (
    <CheckboxField
      isSelected={props.checked}
      onChange={props.onChange}
      isDisabled={props.disabled ?? false}
      {...(props['aria-label'] === undefined ? {} : { 'aria-label': props['aria-label'] })}
    >
      <CheckboxButton className="mc-checkbox">
        <span className="mc-check-box">
          <Check aria-hidden="true" />
        </span>
        {props.children}
      </CheckboxButton>
    </CheckboxField>
  )
}

/** − number +: digits may be typed, arrows work. `label` is read aloud. */
export function NumberStepper(props: { readonly label: string; readonly value: number; readonly min: number; readonly max: number; readonly onChange: (value: number) => void; readonly decreaseLabel: string; readonly increaseLabel: string }) {
  return (
    <NumberField
      aria-label={props.label}
      value={props.value}
      minValue={props.min}
      maxValue={props.max}
      onChange={(value) => props.onChange(Number.isNaN(value) ? props.min : value)}
      formatOptions={{ maximumFractionDigits: 0 }}
    >
      <Group className="mc-stepper">
        <Button slot="decrement" aria-label={props.decreaseLabel}>
          <Minus size={14} aria-hidden="true" />
        </Button>
        <Input />
        <Button slot="increment" aria-label={props.increaseLabel}>
          <Plus size={14} aria-hidden="true" />
        </Button>
      </Group>
    </NumberField>
  )
}

export interface Segment<Id extends string> {
  readonly id: Id
  readonly label: ReactNode
  /** `yellow`: a chosen answer that asks for attention, e.g. "Chưa". */
  readonly tone?: 'yellow'
  readonly disabled?: boolean
}

/**
 * One of a few, side by side; the chosen one carries a tick as well as a colour. `label` is visible when `showLabel`, else read aloud.
 * Tones: `ink` (filters), `green` (an answer), `soft` (a value in a form).
 */
export function SegmentedControl<Id extends string>(props: {
  readonly label: string
  readonly showLabel?: boolean
  readonly segments: readonly Segment<Id>[]
  readonly value: Id | null
  readonly onChange: (id: Id) => void
  readonly tone?: 'ink' | 'green' | 'soft'
  readonly className?: string
}) {
  return (
    <RadioGroup
      className={props.className === undefined ? 'mc-field' : `mc-field ${props.className}`}
      value={props.value}
      onChange={(value) => {
        const chosen = props.segments.find((segment) => segment.id === value)
        if (chosen !== undefined) props.onChange(chosen.id)
      }}
      orientation="horizontal"
      {...(props.showLabel === true ? {} : { 'aria-label': props.label })}
    >
      {props.showLabel === true ? <Label className="mc-label">{props.label}</Label> : null}
      <div className="mc-segments" data-tone={props.tone ?? 'ink'}>
        {props.segments.map((segment) => (
          <Radio key={segment.id} value={segment.id} className="mc-segment" isDisabled={segment.disabled ?? false} {...(segment.tone === undefined ? {} : { 'data-tone': segment.tone })}>
            {({ isSelected }) => (
              <>
                {isSelected ? <Check aria-hidden="true" /> : null}
                {segment.label}
              </>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
