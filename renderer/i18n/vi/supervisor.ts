import type { Catalogue } from '../message.ts'

/** Messages of the supervisor screen; keys are used as `supervisor.<key>`. */
export const supervisor = {} as const satisfies Catalogue
