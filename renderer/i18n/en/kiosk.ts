import type { SameKeys } from '../message.ts'
import type { kiosk as vi } from '../vi/kiosk.ts'

export const kiosk = {} as const satisfies SameKeys<typeof vi>
