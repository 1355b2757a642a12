import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { CurrentVisit } from '#contract/counter.ts'
import { lookUp } from '../i18n/catalogue.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Icon, Tag } from '../ui/index.ts'
import { showDate } from './dates.ts'
import { maskedId } from './rows.ts'

/** What the reader does with the chip, or why it couldn't be read and what to do. */
function ChipNote({ chip }: { readonly chip: CurrentVisit['chip'] }) {
  const { t, language } = useMessages()
  if (chip === null) return null
  if (chip.state === 'reading') return <Alert tone="info" title={t('counter.chip.reading')}>{t('counter.chip.lay-still')}</Alert>
  return <Alert tone="warn" title={t('counter.chip.not-read')}>{lookUp(language, `chip.${chip.code}`, {}, 'counter') ?? t('counter.chip.unreadable')}</Alert>
}

const chipTones = { verified: 'green', 'not-verified': 'yellow', failed: 'red' } as const

/** The person on the card scanned in this visit; the number stays covered until the clerk asks. */
export function PersonCard({ visit }: { readonly visit: CurrentVisit }) {
  const { t, byKey, language } = useMessages()
  const [open, setOpen] = useState(false)
  if (visit.card === null) return visit.chip ? <ChipNote chip={visit.chip} /> : <p className="ct-no-card"><Icon.ScanLine size={20} aria-hidden="true" /> {t('counter.visit.no-card')}</p>
  const { person, warnings, authentic } = visit.card
  const none = t('counter.visit.none-yet')
  return (
    <section className="ct-person">
      <div className="ct-person-name">
        <h3>{person.fullName}</h3>
        <Tag tone="green" icon={<Icon.IdCard aria-hidden="true" />}>{t('counter.visit.card')}</Tag>
        {authentic && <Tag tone={chipTones[authentic]}>{t(`counter.chip.${authentic}`)}</Tag>}
      </div>
      <dl>
        <div>
          <dt>{t('counter.visit.id')}</dt>
          <dd>
            <span className="num">{open ? person.idNumber : maskedId(person.idNumber)}</span>
            <AriaButton className="ct-eye" aria-label={t(open ? 'counter.visit.hide' : 'counter.visit.reveal')} onPress={() => setOpen(!open)}>
              {open ? <Icon.EyeOff size={18} aria-hidden="true" /> : <Icon.Eye size={18} aria-hidden="true" />}
            </AriaButton>
          </dd>
        </div>
        <div><dt>{t('counter.visit.dob')}</dt><dd className="num">{showDate(person.dob) || none}</dd></div>
        <div><dt>{t('counter.visit.sex')}</dt><dd>{person.sex === '' ? none : t(`counter.sex.${person.sex}`)}</dd></div>
        <div><dt>{t('counter.visit.phone')}</dt><dd className="num">{person.phone || none}</dd></div>
      </dl>
      {authentic === 'failed' && <Alert tone="danger" title={t('counter.chip.forged')}>{t('counter.chip.forged.next')}</Alert>}
      <ChipNote chip={visit.chip} />
      {warnings.map((warning) => <Alert key={warning} tone="warn" title={t('counter.intake.card-warning')}>{lookUp(language, `scan.${warning}`, {}, 'counter') ?? byKey(`scan.${warning}`)}</Alert>)}
    </section>
  )
}
