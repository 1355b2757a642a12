import { useState } from 'react'
import type { CounterView } from '#contract/counter.ts'
import { lookUp } from '../i18n/catalogue.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon, LinkButton } from '../ui/index.ts'

/** Why the first of the list is first: the rule always in sight, the reason for this number on request, in place. */
export function RuleLine({ view }: { readonly view: CounterView }) {
  const { t, language } = useMessages()
  const [open, setOpen] = useState(false)
  const first = view.mine[0]
  const group = first?.ticket.priority
  const blanks = {
    number: first?.ticket.number ?? '', n: Math.floor(first?.waitedMinutes ?? 0), group: group == null ? '' : t(`counter.group.${group}`), ...view.rule.details,
  }
  const rule = lookUp(language, `rule.${view.rule.key}`, blanks, 'counter') ?? t('counter.rule.order')
  const why = lookUp(language, `rule.why.${view.rule.key}`, blanks, 'counter') ?? rule
  return (
    <div className="ct-rule">
      {open ? <p className="ct-rule-why" role="status">{why}</p> : null}
      <div className="ct-rule-line">
        <Icon.ListChecks size={18} aria-hidden="true" />
        <span className="ct-grow">{rule}</span>
        <LinkButton onPress={() => setOpen(!open)}>{t(open ? 'counter.rule.close' : 'counter.rule.ask')}</LinkButton>
      </div>
    </div>
  )
}
