import type { PaymentShown, TouchpadView } from '#contract/touchpad.ts'
import { formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { CircleCheck } from '../ui/icon.ts'
import { Qr } from '../ui/qr.tsx'
import { Foot, Header } from './frame.tsx'
import { LanguageKey } from './keys.tsx'

function Facts({ payment }: { readonly payment: PaymentShown }) {
  const { t } = useMessages()
  const facts = [
    [t('touchpad.pay.bank'), payment.bank],
    [t('touchpad.pay.account'), payment.account],
    [t('touchpad.pay.name'), payment.accountName],
    [t('touchpad.pay.purpose'), payment.purpose],
  ] as const
  return (
    <dl className="tp-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A VietQR payment: the code as large as the screen allows, the amount in words of the bank's app beside it. */
export function Payment({ view, number, payment }: { readonly view: TouchpadView; readonly number: string; readonly payment: PaymentShown }) {
  const { t } = useMessages()
  const amount = formatMoney(payment.amount)
  if (payment.state === 'received') {
    return (
      <div className="tp">
        <Header view={view} number={number} about={t('touchpad.pay.about')} />
        <main className="tp-said" role="status">
          <CircleCheck aria-hidden="true" />
          <h1>{t('touchpad.pay.received', { amount })}</h1>
          <p>{t('touchpad.pay.received.next')}</p>
        </main>
      </div>
    )
  }
  return (
    <div className="tp">
      <Header view={view} number={number} about={t('touchpad.pay.about')} />
      <main className="tp-pay">
        <Qr text={payment.payload} size={440} minModule={6} label={t('touchpad.pay.qr', { amount })} />
        <div>
          <h1>{t('touchpad.pay', { amount: '' })}</h1>
          <p className="tp-amount">{amount}</p>
          <p>{t('touchpad.pay.next')}</p>
          <Facts payment={payment} />
        </div>
      </main>
      <Foot keys={<LanguageKey />}>
        <span className="mc-spinner" aria-hidden="true" />
        <p>{t('touchpad.pay.waiting')}</p>
      </Foot>
    </div>
  )
}
