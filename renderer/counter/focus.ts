/** Moving the caret by place: each part of the form is a `#place-<name>` or `#part-<name>` with controls in it. */

const controls = 'input:not([type="hidden"]):not(:disabled), select, textarea, [role="checkbox"][tabindex="0"], [role="spinbutton"][tabindex="0"], button:not([tabindex="-1"])'

/** Focuses the chosen or first control inside an element. */
export function focusIn(id: string): void {
  const root = document.getElementById(id)
  const first = root?.querySelector<HTMLElement>(controls)
  const isRadio = first instanceof HTMLInputElement && first.type === 'radio'
  const target = isRadio ? (root?.querySelector<HTMLElement>('input:checked') ?? first) : first
  target?.focus()
  root?.scrollIntoView({ block: 'nearest' })
}

/** The place that has the focus now, as in `#place-<name>`; null outside. */
export function placeInFocus(): string | null {
  const root = document.activeElement?.closest('[id^="place-"]')
  return root === null || root === undefined ? null : root.id.slice('place-'.length)
}

/** Enter in a field: on to the next one of the form, in the order of the screen. */
export function focusNextField(form: HTMLElement, from: EventTarget | null): void {
  const fields = [...form.querySelectorAll<HTMLElement>('input:not([type="radio"]):not([type="checkbox"]), select, input[type="radio"]:checked')]
  const at = fields.findIndex((field) => field === from)
  fields[at + 1]?.focus()
}
