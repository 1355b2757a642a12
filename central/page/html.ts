/** Text made safe inside elements and quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** Markup that is already safe. */
export interface Markup {
  readonly markup: string
}

/** Builds markup; every value that isn't markup itself is escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Markup | readonly Markup[])[]): Markup {
  const show = (value: (typeof values)[number] | undefined): string => {
    if (value === undefined) return ''
    if (typeof value === 'string' || typeof value === 'number') return escape(String(value))
    return 'markup' in value ? value.markup : value.map((one) => one.markup).join('')
  }
  return { markup: parts.map((part, index) => part + show(values[index])).join('') }
}
