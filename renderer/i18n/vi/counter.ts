import type { Catalogue } from '../message.ts'

/** Messages of the counter screen; keys are used as `counter.<key>`. */
export const counter = {} as const satisfies Catalogue
