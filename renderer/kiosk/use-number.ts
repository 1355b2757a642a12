import { useCallback, useEffect, useRef, useState, type Dispatch } from 'react'
import { paperReady, wantedOf, type KioskCommands, type KioskModel } from './model.ts'
import type { Priority, Session, SessionAction } from './session.ts'

interface Parts extends Pick<KioskModel, 'view' | 'procedures'> {
  readonly session: Session
  readonly dispatch: Dispatch<SessionAction>
  readonly commands: KioskCommands
}

function declared(answers: Session['answers']): { readonly name: string; readonly have: boolean }[] {
  return Object.entries(answers).map(([name, have]) => ({ name, have }))
}

/** Asks the printer first, then for the number: no paper is said before one is given. */
function useTake({ view, procedures, session, dispatch, commands }: Parts): { readonly issuing: boolean; readonly takeNumber: (onScreen: boolean) => void } {
  const [issuing, setIssuing] = useState(false)
  const { screen, answers } = session
  const priority: Priority | null = session.priority
  const take = async (onScreen: boolean): Promise<void> => {
    const asking = 'back' in screen ? screen.back : screen
    if (issuing || asking.kind === 'start' || asking.kind === 'ticket') return
    const { procedure, service } = wantedOf(asking, { view, procedures })
    if (service === null) return
    if (!onScreen && !paperReady(view)) return dispatch({ kind: 'no-paper' })
    setIssuing(true)
    const result = await commands.issue({ service: service.id, procedure: procedure?.code ?? null, priority, papers: declared(answers), print: !onScreen, booking: asking.kind === 'booking' ? (asking.found?.code ?? null) : null })
    setIssuing(false)
    if (result === null) return
    if (result.ok) dispatch({ kind: 'issued', issued: result.data, onScreen })
    else if (result.reason === 'no-paper') dispatch({ kind: 'no-paper' })
    else dispatch({ kind: 'refused', refusal: result })
  }
  return { issuing, takeNumber: (onScreen) => void take(onScreen) }
}

/** Looks a booked slot up: by its code when it was typed, at once when it was scanned. */
function useBooking({ view, dispatch, commands }: Parts): (code: string) => void {
  const lookUp = useCallback(
    (code: string) => {
      void commands.appointment(code).then((result) => {
        if (result !== null) dispatch(result.ok ? { kind: 'booked', found: result.data } : { kind: 'not-booked', code, refusal: result })
      })
    },
    [commands, dispatch],
  )
  const { scanned } = view
  const handled = useRef(scanned?.at ?? null)
  useEffect(() => {
    if (scanned === null || scanned.at === handled.current) return
    handled.current = scanned.at
    lookUp(scanned.code)
  }, [scanned, lookUp])
  return lookUp
}

function useReprint({ session, dispatch, commands }: Parts): { readonly reprinting: boolean; readonly reprintFailed: boolean; readonly reprint: () => void } {
  const [reprinting, setReprinting] = useState(false)
  const [failedFor, setFailedFor] = useState<string | null>(null)
  const ticket = session.screen.kind === 'ticket' ? session.screen.issued.ticket.id : null
  const again = async (): Promise<void> => {
    if (ticket === null || reprinting) return
    setReprinting(true)
    const result = await commands.reprint(ticket)
    setReprinting(false)
    if (result === null) return
    setFailedFor(result.ok ? null : ticket)
    if (result.ok) dispatch({ kind: 'slip', issued: result.data })
  }
  return { reprinting, reprintFailed: failedFor !== null && failedFor === ticket, reprint: () => void again() }
}

/** Taking the number, printing it again, and calling a guide. */
export function useNumber(parts: Parts): Pick<KioskModel, 'issuing' | 'takeNumber' | 'lookUpBooking' | 'reprinting' | 'reprintFailed' | 'reprint' | 'askHelp'> {
  const { commands, dispatch } = parts
  const askHelp = useCallback(() => {
    void commands.askHelp().then((result) => {
      if (result !== null) dispatch({ kind: 'help', state: result.ok ? 'asked' : 'failed' })
    })
  }, [commands, dispatch])
  return { ...useTake(parts), ...useReprint(parts), lookUpBooking: useBooking(parts), askHelp }
}
