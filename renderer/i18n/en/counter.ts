import type { SameKeys } from '../message.ts'
import type { counter as vi } from '../vi/counter.ts'

export const counter = {} as const satisfies SameKeys<typeof vi>
