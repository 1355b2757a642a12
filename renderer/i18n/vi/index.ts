import { board } from './board.ts'
import { counter } from './counter.ts'
import { follow } from './follow.ts'
import { kiosk } from './kiosk.ts'
import { shared } from './shared.ts'
import { supervisor } from './supervisor.ts'
import { terminal } from './terminal.ts'
import { touchpad } from './touchpad.ts'

export const vi = { board, counter, follow, kiosk, shared, supervisor, terminal, touchpad } as const
