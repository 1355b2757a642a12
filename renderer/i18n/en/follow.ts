import type { SameKeys } from '../message.ts'
import type { follow as vi } from '../vi/follow.ts'

export const follow = {} as const satisfies SameKeys<typeof vi>
