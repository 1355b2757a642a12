import type { SameKeys } from '../message.ts'
import type { board as vi } from '../vi/board.ts'

export const board = {} as const satisfies SameKeys<typeof vi>
