import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { KioskProcedure } from '#contract/kiosk.ts'
import type { MatchRange } from '#contract/search.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon } from '../ui/index.ts'
import { feeFact, timeFact } from './facts.ts'

/** A text with the found parts marked, in the accented form as it is written. */
export function Marked({ text, ranges }: { readonly text: string; readonly ranges: readonly MatchRange[] }) {
  const pieces: ReactNode[] = []
  let at = 0
  for (const { from, to } of ranges) {
    pieces.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  )
}

/** One procedure of a list: short name, then what decides between two alike: the field, the time, the fee. */
export function ResultRow({ procedure, title, lead, onPress }: { readonly procedure: KioskProcedure; readonly title?: ReactNode; readonly lead?: string; readonly onPress: () => void }) {
  const { t } = useMessages()
  const fee = feeFact(procedure.fees, t).value
  return (
    <Button className="kiosk-row" onPress={onPress}>
      <span className="kiosk-row-text">
        <span className="kiosk-row-title ellipsis">{title ?? procedure.shortName}</span>
        <span className="kiosk-row-sub ellipsis">
          {lead === undefined ? '' : `${lead} · `}
          {timeFact(procedure, t).value} · {fee}
          {lead === undefined ? ` · ${procedure.field}` : ''}
        </span>
      </span>
      <Icon.ChevronRight className="kiosk-chevron" aria-hidden="true" />
    </Button>
  )
}
