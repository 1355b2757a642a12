import type { Catalogue } from '../message.ts'

/** Messages of the follow screen; keys are used as `follow.<key>`. */
export const follow = {} as const satisfies Catalogue
