import { useState } from 'react'
import type { AppointmentView } from '#contract/appointment.ts'
import { formatClock, formatClockRange } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, Dialog, Icon } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { useRun } from './use-run.ts'

/** A code that gives no number today, and why. */
export function NoAppointmentDialog({ code, why, onClose }: { readonly code: string; readonly why: string; readonly onClose: () => void }) {
  const { t } = useMessages()
  return (
    <Dialog title={t('counter.appointment', { code })} onClose={onClose} actions={<Button hint="Esc" onPress={onClose}>{t('counter.help.close')}</Button>}>
      <p role="alert">{why}</p>
    </Dialog>
  )
}

/** An appointment of today: whose it is, what for, and the number that its holder gets or has. */
export function AppointmentDialog({ booked, commands, onClose }: { readonly booked: AppointmentView; readonly commands: CounterCommands; readonly onClose: () => void }) {
  const { t } = useMessages()
  const [given, setGiven] = useState<{ readonly number: string; readonly printed: boolean } | null>(null)
  const { pending, refused, run } = useRun<'admit'>()
  const number = given?.number ?? booked.number
  const fact = (name: string, value: string) => <div><dt>{name}</dt><dd>{value}</dd></div>
  const actions = (
    <>
      {number === null ? (
        <Button kind="primary" icon={<Icon.Ticket aria-hidden="true" />} pending={pending === null ? undefined : t('counter.appointment.admit')} onPress={() => void run('admit', () => commands.admit(booked.code)).then(setGiven)}>
          {t('counter.appointment.admit')}
        </Button>
      ) : null}
      <Button hint="Esc" onPress={onClose}>{t('counter.help.close')}</Button>
    </>
  )
  return (
    <Dialog title={t('counter.appointment', { code: booked.code })} onClose={onClose} actions={actions}>
      <dl className="ct-dossier-facts">
        {fact(t('counter.appointment.at'), formatClock(booked.at))}
        {booked.name === null ? null : fact(t('counter.appointment.name'), booked.name)}
        {fact(t('counter.appointment.for'), booked.title)}
        {number === null ? null : fact(t('counter.appointment.number'), number)}
      </dl>
      <p role="status">{number === null ? t(booked.first ? 'counter.appointment.first' : 'counter.appointment.by-turn', { range: formatClockRange(booked.window.from, booked.window.to) }) : given === null ? null : t(given.printed ? 'counter.appointment.printed' : 'counter.appointment.told', { number })}</p>
      {refused === null ? null : <p className="ct-refused" role="alert">{refused.text}</p>}
    </Dialog>
  )
}
