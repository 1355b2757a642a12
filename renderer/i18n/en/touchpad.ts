import type { SameKeys } from '../message.ts'
import type { touchpad as vi } from '../vi/touchpad.ts'

export const touchpad = {} as const satisfies SameKeys<typeof vi>
