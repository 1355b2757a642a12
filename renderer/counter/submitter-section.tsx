import type { ReactNode } from 'react'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon, Kbd, SegmentedControl } from '../ui/index.ts'
import type { PersonField } from './form-types.ts'
import { PersonInput, SexField } from './person-field.tsx'
import { ConflictLine, ProblemLine } from './problem-line.tsx'
import type { Intake } from './use-intake.ts'

/** A row of fields; what is wrong in it is said under it, across its whole width. */
function FieldRow({ fields, intake, children }: { readonly fields: readonly PersonField[]; readonly intake: Intake; readonly children: ReactNode }) {
  const conflicts = intake.form.conflicts.filter((conflict) => fields.includes(conflict.field))
  const problems = intake.shown.filter((problem) => fields.some((field) => field === problem.place))
  return (
    <>
      <div className="ct-field-row">{children}</div>
      {problems.map((problem) => <ProblemLine key={problem.code} problem={problem} act={intake.act} />)}
      {conflicts.map((conflict) => <ConflictLine key={conflict.field} conflict={conflict} act={intake.act} />)}
    </>
  )
}

function Provenance({ intake, canScan }: { readonly intake: Intake; readonly canScan: boolean }) {
  const { t } = useMessages()
  const { fromCard, cardAt } = intake.form
  if (cardAt === null && !canScan) return null
  return (
    <span className="ct-provenance">
      {cardAt === null ? <Icon.ScanLine size={16} aria-hidden="true" /> : <Icon.IdCard size={16} aria-hidden="true" />}
      {cardAt === null ? t('counter.intake.scan') : t('counter.intake.from-card', { n: fromCard.length, time: formatClock(cardAt) })}
    </span>
  )
}

/** Who hands the dossier in. */
export function SubmitterSection({ intake, canScan }: { readonly intake: Intake; readonly canScan: boolean }) {
  const { t } = useMessages()
  const { form, act } = intake
  return (
    <section id="part-submitter" aria-labelledby="ct-submitter">
      <div className="ct-part-head">
        <h3 id="ct-submitter">{t('counter.intake.submitter')}</h3><Kbd>Alt 2</Kbd>
        <Provenance intake={intake} canScan={canScan} />
      </div>
      <FieldRow fields={['fullName', 'idNumber', 'dob', 'sex']} intake={intake}>
        <PersonInput field="fullName" intake={intake} /><PersonInput field="idNumber" intake={intake} /><PersonInput field="dob" intake={intake} /><SexField intake={intake} />
      </FieldRow>
      <FieldRow fields={['address', 'idIssued', 'oldIdNumber']} intake={intake}>
        <PersonInput field="address" intake={intake} /><PersonInput field="idIssued" intake={intake} optional /><PersonInput field="oldIdNumber" intake={intake} optional />
      </FieldRow>
      <FieldRow fields={['phone', 'email']} intake={intake}>
        <PersonInput field="phone" intake={intake} /><PersonInput field="email" intake={intake} optional />
        <SegmentedControl
          label={t('counter.intake.role')} showLabel tone="soft" className="ct-field ct-field-role" value={form.submitter} onChange={(role) => act({ kind: 'submitter', role })}
          segments={(['owner', 'relative', 'authorised'] as const).map((id) => ({ id, label: t(`counter.role.${id}`) }))}
        />
      </FieldRow>
    </section>
  )
}
