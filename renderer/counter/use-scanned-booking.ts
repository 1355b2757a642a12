import { useEffect, useRef } from 'react'
import type { AppointmentView } from '#contract/appointment.ts'
import type { CounterView } from '#contract/counter.ts'
import type { Result } from '../state/use-command.ts'
import type { CounterCommands } from './commands.ts'

/** Looks an appointment up once for each time its code is scanned at this counter. */
export function useScannedBooking(scanned: CounterView['scanned'], commands: CounterCommands, onAnswer: (code: string, answer: Result<AppointmentView>) => void): void {
  const handled = useRef(scanned?.at ?? null)
  const latest = useRef(onAnswer)
  useEffect(() => {
    latest.current = onAnswer
  })
  useEffect(() => {
    if (scanned === null || scanned.at === handled.current) return
    handled.current = scanned.at
    void commands.appointment(scanned.code).then((answer) => latest.current(scanned.code, answer))
  }, [scanned, commands])
}
