import type { SameKeys } from '../message.ts'
import type { supervisor as vi } from '../vi/supervisor.ts'

export const supervisor = {} as const satisfies SameKeys<typeof vi>
