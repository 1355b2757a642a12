import { board } from './board.ts'
import { counter } from './counter.ts'
import { follow } from './follow.ts'
import { kiosk } from './kiosk.ts'
import { shared } from './shared.ts'
import { stations } from './stations.ts'
import { supervisor } from './supervisor.ts'
import { sync } from './sync.ts'
import { terminal } from './terminal.ts'
import { terminalDay } from './terminal-day.ts'
import { touchpad } from './touchpad.ts'

export const vi = { board, counter, follow, kiosk, shared, stations, supervisor, sync, terminal, terminalDay, touchpad } as const
