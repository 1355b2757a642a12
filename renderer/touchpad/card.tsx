import type { TouchpadView } from '#contract/touchpad.ts'
import { lookUp } from '../i18n/catalogue.ts'
import { formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { CreditCard } from '../ui/icon.ts'
import { Foot, Header } from './frame.tsx'
import { LanguageKey } from './keys.tsx'

/** A card at the terminal beside this screen: how much, and what to do there now. */
export function Card({ view, number, amount, progress }: { readonly view: TouchpadView; readonly number: string; readonly amount: number; readonly progress: string }) {
  const { t, language } = useMessages()
  return (
    <div className="tp">
      <Header view={view} number={number} about={t('touchpad.card.about')} />
      <main className="tp-said" role="status">
        <CreditCard aria-hidden="true" />
        <h1>{t('touchpad.card', { amount: formatMoney(amount) })}</h1>
        <p>{lookUp(language, `card.${progress}`, {}, 'touchpad') ?? t('touchpad.card.look')}</p>
      </main>
      <Foot keys={<LanguageKey />}>
        <span className="mc-spinner" aria-hidden="true" />
        <p>{t('touchpad.card.once')}</p>
      </Foot>
    </div>
  )
}
