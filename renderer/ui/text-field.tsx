import type { ReactNode, Ref } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField } from 'react-aria-components'
import { CircleAlert, IdCard } from './icon.ts'

export interface TextFieldProps {
  readonly label: ReactNode
  /** In brackets after the label, e.g. "nếu có". */
  readonly optional?: string
  /** Between label and field: how it should look. */
  readonly hint?: ReactNode
  /** One sentence: what is wrong, then how it should look. */
  readonly error?: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  /** The value came from a card and was not touched: green tint and card icon. */
  readonly fromCard?: boolean
  /** Read aloud with the card icon, e.g. "Lấy từ thẻ". */
  readonly fromCardLabel?: string
  readonly readOnly?: boolean
  readonly multiline?: boolean
  readonly type?: 'text' | 'tel' | 'email' | 'password' | 'search'
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'none'
  readonly autoFocus?: boolean
  readonly maxLength?: number
  /** Width that fits the data, e.g. `14ch`. */
  readonly width?: string
  readonly name?: string
  readonly inputRef?: Ref<HTMLInputElement>
}

function Box({ props }: { readonly props: TextFieldProps }) {
  return (
    <div className="mc-input-box">
      {props.multiline === true ? <TextArea className="mc-input" rows={1} /> : <Input className="mc-input" ref={props.inputRef ?? null} />}
      {props.fromCard === true ? (
        <span className="mc-input-icon">
          <IdCard size={18} aria-hidden="true" />
          <span className="visually-hidden">{props.fromCardLabel}</span>
        </span>
      ) : null}
    </div>
  )
}

/** Label above always, hint under it, error below pushing the content. The caller decides when to validate (on leaving, or 600 ms after typing). */
export function TextField(props: TextFieldProps) {
  const invalid = props.error !== undefined && props.error !== null
  return (
    <AriaTextField
      className="mc-field"
      value={props.value}
      onChange={props.onChange}
      isInvalid={invalid}
      isReadOnly={props.readOnly ?? false}
      type={props.type ?? 'text'}
      autoComplete="off"
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
      {...(props.autoFocus === undefined ? {} : { autoFocus: props.autoFocus })}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      {...(props.name === undefined ? {} : { name: props.name })}
      {...(props.width === undefined ? {} : { style: { width: props.width } })}
      {...(props.fromCard === true ? { 'data-from-card': true } : {})}
    >
      <Label className="mc-label">
        {props.label}
        {props.optional === undefined ? null : <span className="mc-label-optional"> ({props.optional})</span>}
      </Label>
      {props.hint === undefined ? null : (
        <Text slot="description" className="mc-hint">
          {props.hint}
        </Text>
      )}
      <Box props={props} />
      <FieldError className="mc-error">
        <CircleAlert aria-hidden="true" />
        <span>{props.error}</span>
      </FieldError>
    </AriaTextField>
  )
}
