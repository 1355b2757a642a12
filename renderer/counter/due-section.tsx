import { Radio, RadioGroup } from 'react-aria-components'
import type { IntakePreview } from '#contract/counter.ts'
import type { ProcessingTime } from '#domain/procedure.ts'
import { formatClock, formatDate } from '../i18n/format.ts'
import { useMessages, type Messages } from '../i18n/use-messages.tsx'
import { Button, Kbd, LinkButton, TextField } from '../ui/index.ts'
import { dayOf, parseDate, showDate, weekday } from './dates.ts'
import { focusIn } from './focus.ts'
import { processingCases } from './form.ts'
import { ProblemLine } from './problem-line.tsx'
import type { Intake } from './use-intake.ts'

const dayName = ({ t }: Messages, iso: string) => t(`counter.weekday.${weekday(iso) as 0 | 1 | 2 | 3 | 4 | 5 | 6}`)

const capital = (text: string) => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)

/** The sentence: the day by the rule, or the one the clerk gave. */
function Sentence({ preview, intake }: { readonly preview: IntakePreview; readonly intake: Intake }) {
  const messages = useMessages()
  const { t } = messages
  const { due } = preview.due
  const { dueEdit } = intake.form
  const changed = dueEdit === null ? null : parseDate(dueEdit.date)
  const iso = changed?.kind === 'day' ? changed.iso : due === null ? null : dayOf(due)
  if (iso === null) return <p className="ct-due-day">{t('counter.due.none')}</p>
  return (
    <p className="ct-due-day" data-changed={changed?.kind === 'day' ? true : undefined}>
      {dayName(messages, iso)} {showDate(iso)} <small>{t('counter.due.at', { time: formatClock(due ?? preview.due.start) })}</small>
    </p>
  )
}

function Strip({ preview }: { readonly preview: IntakePreview }) {
  const messages = useMessages()
  const { t } = messages
  const single = preview.days.length === 1
  const word = (day: IntakePreview['days'][number]) => {
    if (day.kind === 'received') return t(single ? 'counter.due.same-day' : 'counter.due.received')
    if (day.kind === 'skipped') return day.why ?? ''
    if (day.kind === 'due') return single ? t('counter.due.same-day') : day.nth === null ? t('counter.due.today') : t('counter.due.last', { n: day.nth })
    return day.nth === null ? '' : t('counter.due.counted', { n: day.nth })
  }
  return (
    <ol className="ct-strip" tabIndex={-1}>
      {preview.days.map((day) => (
        <li key={day.date} data-kind={day.kind} title={day.why ?? undefined}>
          <span>{dayName(messages, day.date)}</span>
          <b className="num">{day.date.slice(8)}</b>
          <span className="ct-strip-word">{word(day)}</span>
        </li>
      ))}
    </ol>
  )
}

/** Which of the procedure's processing times applies. */
function Cases({ intake }: { readonly intake: Intake }) {
  const { t } = useMessages()
  const { procedure, form, act } = intake
  if (procedure === null) return null
  const cases = processingCases(procedure, form.channel)
  if (cases.length < 2) return null
  const label = (time: ProcessingTime | undefined) => {
    if (time === undefined) return ''
    const value = String(time.value ?? '').replace('.', ',')
    const rule = time.unit === 'SAME_DAY' || time.unit === 'OTHER' ? t(`shared.unit.${time.unit}`) : t(`shared.unit.${time.unit}`, { value })
    const when = time.case ?? time.note
    return when === undefined ? rule : `${rule}: ${when}`
  }
  return (
    <RadioGroup className="ct-choices ct-case" aria-label={t('counter.due.case')} value={String(form.processing)} onChange={(index) => act({ kind: 'processing', index: Number(index) })}>
      <span className="mc-label">{t('counter.due.case')}</span>
      {cases.map((index) => <Radio key={index} value={String(index)} className="ct-choice">{label(procedure.processing[index])}</Radio>)}
    </RadioGroup>
  )
}

function Edit({ intake, onClose }: { readonly intake: Intake; readonly onClose: () => void }) {
  const { t } = useMessages()
  const { form, act, shown, leave } = intake
  const edit = form.dueEdit ?? { date: '', reason: '' }
  const problems = shown.filter((problem) => problem.place === 'due-date' || problem.place === 'due-reason')
  return (
    <div className="ct-in-place" role="group" aria-label={t('counter.due.edit')}>
      <div className="ct-due-fields">
        <div id="place-due-date"><TextField label={t('counter.due.date')} value={edit.date} onChange={(date) => act({ kind: 'due-edit', edit: { ...edit, date } })} onBlur={() => leave('due-date')} inputMode="numeric" maxLength={10} width="110px" /></div>
        <div id="place-due-reason" className="ct-grow"><TextField label={t('counter.due.reason')} value={edit.reason} onChange={(reason) => act({ kind: 'due-edit', edit: { ...edit, reason } })} onBlur={() => leave('due-reason')} maxLength={200} /></div>
      </div>
      {problems.map((problem) => <ProblemLine key={problem.code} problem={problem} act={act} />)}
      <div className="ct-in-place-end">
        <Button
          onPress={() => {
            act({ kind: 'due-edit', edit: null })
            onClose()
          }}
        >
          {t('counter.due.undo')}
        </Button>
        <Button onPress={onClose}>{t('counter.due.done')}</Button>
      </div>
    </div>
  )
}

/** Opens the editor at the clerk's own wish, with the reason in focus; an editor that opens over an error leaves the caret alone. */
export function openDueEditor(setEditing: (editing: boolean) => void): void {
  setEditing(true)
  requestAnimationFrame(() => focusIn('place-due-reason'))
}

/** When the result is due: sentence, days, rule; the clerk changes it only with a reason. */
export function DueSection({ intake, editing, setEditing }: { readonly intake: Intake; readonly editing: boolean; readonly setEditing: (editing: boolean) => void }) {
  const { t } = useMessages()
  const { last, failed } = intake.preview
  const { dueEdit } = intake.form
  const skipped = last?.due.skipped.filter((day) => day.why !== '') ?? []
  return (
    <section id="part-due" aria-labelledby="ct-due-title" aria-busy={intake.preview.computing}>
      <h3 id="ct-due-title" className="ct-soft">{t('counter.due')}</h3>
      {last === null ? <p className="ct-due-empty">{failed ?? t('counter.due.choose')}</p> : (
        <>
          <div role="status"><Sentence preview={last} intake={intake} /></div>
          {last.due.due === null ? <p className="ct-due-rule">{t('counter.due.none.why')}</p> : <Strip preview={last} />}
          <p className="ct-due-rule">
            {last.due.due === null ? null : t('counter.due.rule', { rule: capital(last.due.rule) })}{' '}
            {skipped.length === 0 ? null : t('counter.due.skipped', { days: skipped.map((day) => t('counter.due.skip', { day: formatDate(Date.parse(day.date)).slice(0, 5), why: day.why })).join('; ') })}{' '}
            {dueEdit === null || dueEdit.reason === '' ? null : <b>{t('counter.due.edited', { reason: dueEdit.reason })} </b>}
            {editing || last.due.due === null ? null : <><LinkButton onPress={() => openDueEditor(setEditing)}>{t('counter.due.edit')}</LinkButton> <Kbd>Alt H</Kbd></>}
          </p>
          {failed === null ? null : <p className="ct-refused">{failed}</p>}
          {editing ? <Edit intake={intake} onClose={() => setEditing(false)} /> : null}
          <Cases intake={intake} />
        </>
      )}
    </section>
  )
}
