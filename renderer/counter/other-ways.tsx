import { useMessages } from '../i18n/use-messages.tsx'
import { LinkButton } from '../ui/index.ts'
import type { PayMethod } from './form-types.ts'

/** The other ways in which this counter takes money. */
export function OtherWays({ ways, now, onChoose }: { readonly ways: readonly PayMethod[]; readonly now: PayMethod; readonly onChoose: (way: PayMethod) => void }) {
  const { t } = useMessages()
  return (
    <p className="ct-other-ways">
      {ways.filter((way) => way !== now).map((way) => <LinkButton key={way} onPress={() => onChoose(way)}>{t(`counter.method.use.${way}`)}</LinkButton>)}
    </p>
  )
}
