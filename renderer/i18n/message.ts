/**
 * One message: a text with `{blanks}`, or forms chosen by the blank `count` (English needs them, Vietnamese doesn't).
 * `**bold**` is drawn bold by `rich` and dropped by `t`.
 */
export type Message = string | { readonly one: string; readonly other: string }
export type Catalogue = Readonly<Record<string, Message>>

type BlanksOf<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | BlanksOf<Rest> : never
type BlanksIn<M> = M extends { readonly other: infer Other } ? BlanksOf<Other> | 'count' : BlanksOf<M>

/** What fills the blanks of a message; no argument at all when it has none. */
export type BlankArguments<M> = [BlanksIn<M>] extends [never] ? [] : [blanks: Readonly<Record<BlanksIn<M>, string | number>>]

/** The same keys in another language; a missing or extra key is a type error. */
export type SameKeys<Vietnamese extends Catalogue> = Readonly<Record<keyof Vietnamese, Message>>

/** Text of a message with its blanks filled; a blank that is not given stays visible as `{name}` so that a test sees it. */
export function fill(message: Message, blanks: Readonly<Record<string, string | number>>): string {
  const text = typeof message === 'string' ? message : Number(blanks['count']) === 1 ? message.one : message.other
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = blanks[name]
    return value === undefined ? whole : String(value)
  })
}

/** Cuts `a **b** c` into plain and bold pieces. */
export function boldPieces(text: string): readonly { readonly text: string; readonly bold: boolean }[] {
  return text
    .split('**')
    .map((piece, index) => ({ text: piece, bold: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}
