import type { Catalogue } from '../message.ts'

/** Messages of the board screen; keys are used as `board.<key>`. */
export const board = {} as const satisfies Catalogue
