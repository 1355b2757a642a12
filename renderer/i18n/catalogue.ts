import { en } from './en/index.ts'
import type { Language } from './format.ts'
import { fill, type BlankArguments, type Catalogue, type Message } from './message.ts'
import { vi } from './vi/index.ts'

type Areas = typeof vi
type Area = keyof Areas

/** Every message key, `<area>.<key>`. */
export type MessageKey = { [A in Area]: `${A}.${keyof Areas[A] & string}` }[Area]
type MessageOf<Key> = Key extends `${infer A}.${infer K}` ? (A extends Area ? (K extends keyof Areas[A] ? Areas[A][K] : never) : never) : never

/** Blanks of a message, if it has any. */
export type BlanksFor<Key> = BlankArguments<MessageOf<Key>>

/** Text of a message: `t('shared.people', { count: 4 })`. A key or a blank that does not exist is a type error. */
export type Translate = <Key extends MessageKey>(key: Key, ...blanks: BlanksFor<Key>) => string

const catalogues: Record<Language, Record<Area, Catalogue>> = { vi, en }

function find(language: Language, key: string): Message | null {
  const dot = key.indexOf('.')
  const area = key.slice(0, dot)
  const found = Object.entries(catalogues[language]).find(([name]) => name === area)
  return found?.[1][key.slice(dot + 1)] ?? null
}

/** The message with its `**bold**` marks left in; for `rich`. */
export function rawText(language: Language, key: string, blanks: Readonly<Record<string, string | number>>): string {
  const message = find(language, key) ?? find('vi', key)
  return message === null ? key : fill(message, blanks)
}

/** The typed function of one language, usable outside React too (voice, tests). */
export function translator(language: Language): Translate {
  return (key, ...blanks) => rawText(language, key, blanks[0] ?? {}).replaceAll('**', '')
}

/**
 * Text for a key that the station named (`refusal.<reason>`, `slip.<reason>`, `device.<code>`, `scan.<key>`, `error.<code>`), from the
 * shared catalogue or an area's; null when this version does not know it, so that the caller can fall back.
 */
export function lookUp(language: Language, key: string, blanks: Readonly<Record<string, string | number>> = {}, area: Area = 'shared'): string | null {
  const message = find(language, `${area}.${key}`)
  return message === null ? null : fill(message, blanks).replaceAll('**', '')
}
