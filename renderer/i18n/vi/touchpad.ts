import type { Catalogue } from '../message.ts'

/** Messages of the touchpad screen; keys are used as `touchpad.<key>`. */
export const touchpad = {} as const satisfies Catalogue
