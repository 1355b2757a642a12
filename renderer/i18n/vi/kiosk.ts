import type { Catalogue } from '../message.ts'

/** Messages of the kiosk screen; keys are used as `kiosk.<key>`. */
export const kiosk = {} as const satisfies Catalogue
