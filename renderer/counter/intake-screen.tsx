import type { RefObject } from 'react'
import type { CounterView } from '#contract/counter.ts'
import type { CounterCommands } from './commands.ts'

export interface IntakeScreenProps {
  readonly view: CounterView
  readonly now: number
  readonly commands: CounterCommands
  readonly ticketId: string | null
  readonly findRef: RefObject<HTMLInputElement | null>
  readonly onHelp: () => void
  readonly onBack: () => void
}

export function IntakeScreen(_props: IntakeScreenProps) {
  return <main />
}
