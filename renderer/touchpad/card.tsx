import type { TouchpadView } from '#contract/touchpad.ts'
import type { TerminalMethod } from '#domain/dossier.ts'
import { lookUp } from '../i18n/catalogue.ts'
import { formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { CreditCard, ScanQrCode } from '../ui/icon.ts'
import { Foot, Header } from './frame.tsx'
import { LanguageKey } from './keys.tsx'

interface Props {
  readonly view: TouchpadView
  readonly number: string
  readonly method: TerminalMethod
  readonly amount: number
  readonly progress: string
}

/** A card, or the QR code, at the terminal beside this screen: how much, and what to do there now. */
export function Card({ view, number, method, amount, progress }: Props) {
  const { t, language } = useMessages()
  const Picture = method === 'terminal-qr' ? ScanQrCode : CreditCard
  return (
    <div className="tp">
      <Header view={view} number={number} about={t(`touchpad.${method}.about`)} />
      <main className="tp-said" role="status">
        <Picture aria-hidden="true" />
        <h1>{t(`touchpad.${method}`, { amount: formatMoney(amount) })}</h1>
        <p>{lookUp(language, `card.${progress}`, {}, 'touchpad') ?? t('touchpad.card.look')}</p>
      </main>
      <Foot keys={<LanguageKey />}>
        <span className="mc-spinner" aria-hidden="true" />
        <p>{t('touchpad.card.once')}</p>
      </Foot>
    </div>
  )
}
