import type { RefObject } from 'react'
import type { CounterView } from '#contract/counter.ts'
import type { Dossier } from '#domain/dossier.ts'
import { AcceptedScreen } from './accepted-screen.tsx'
import type { CounterCommands } from './commands.ts'
import { useKeys } from './use-keys.ts'

/** Taking the fee of a dossier that was accepted earlier. */
export function PayScreen(props: {
  readonly dossier: Dossier
  readonly view: CounterView
  readonly commands: CounterCommands
  readonly findRef: RefObject<HTMLInputElement | null>
  readonly onHelp: () => void
  readonly onBack: () => void
}) {
  useKeys({ F1: props.onHelp, Esc: props.onBack, 'Ctrl K': () => props.findRef.current?.focus() })
  return (
    <AcceptedScreen
      accepted={{ dossier: props.dossier, print: null }} method="cash" view={props.view} commands={props.commands} canCall={false} onNext={props.onBack} nextPending={false} nextRefused={null}
      onAnother={null} onQueue={props.onBack}
    />
  )
}
