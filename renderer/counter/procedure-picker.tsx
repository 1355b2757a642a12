import { useEffect, useMemo, useState } from 'react'
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { createProcedureSearch, type MatchRange, type ProcedureHit } from '#contract/search.ts'
import type { Procedure } from '#domain/procedure.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon } from '../ui/index.ts'

const most = 40

/** The text with what was found drawn as a mark, in its own accents. */
function Marked({ text, ranges }: { readonly text: string; readonly ranges: readonly MatchRange[] }) {
  const pieces = ranges.flatMap((range, index) => [
    text.slice(ranges[index - 1]?.to ?? 0, range.from), <mark key={range.from}>{text.slice(range.from, range.to)}</mark>,
  ])
  return <>{pieces}{text.slice(ranges.at(-1)?.to ?? 0)}</>
}

function Hit({ hit }: { readonly hit: ProcedureHit<Procedure> }) {
  return (
    <span className="ct-hit">
      <span className="ellipsis" title={hit.procedure.name}><Marked text={hit.procedure.shortName} ranges={hit.shortName} /></span>
      <span className="ct-soft ellipsis">{hit.procedure.code} · {hit.procedure.field}</span>
    </span>
  )
}

/** Finds a procedure without accents, in any word order, by code too. Takes the focus when it opens to change the choice. */
export function ProcedurePicker({ procedures, onChoose, autoFocus }: { readonly procedures: readonly Procedure[]; readonly onChoose: (procedure: Procedure) => void; readonly autoFocus: boolean }) {
  const { t } = useMessages()
  const [text, setText] = useState('')
  const search = useMemo(() => createProcedureSearch(procedures), [procedures])
  const hits = useMemo(() => search(text).slice(0, most), [search, text])
  useEffect(() => {
    if (autoFocus) document.querySelector<HTMLInputElement>('#place-procedure input')?.focus()
  }, [autoFocus])
  return (
    <ComboBox
      className="ct-picker" aria-label={t('counter.intake.choose.label')} items={hits.map((hit) => ({ id: hit.procedure.code, hit }))} inputValue={text} onInputChange={setText} allowsEmptyCollection
      menuTrigger="input" defaultFilter={() => true}
      onSelectionChange={(key) => {
        const found = procedures.find((procedure) => procedure.code === key)
        if (found !== undefined) onChoose(found)
      }}
    >
      <div className="mc-input-box">
        <Input className="mc-input" placeholder={t('counter.intake.choose.hint')} spellCheck={false} />
        <span className="mc-input-icon ct-picker-icon"><Icon.Search size={18} aria-hidden="true" /></span>
      </div>
      <Popover className="mc-menu ct-picker-list" offset={4}>
        <ListBox renderEmptyState={() => <p className="ct-picker-none">{t('counter.intake.choose.none', { text })}</p>}>
          {(item: { readonly id: string; readonly hit: ProcedureHit<Procedure> }) => (
            <ListBoxItem id={item.id} textValue={item.hit.procedure.shortName} className="ct-picker-item"><Hit hit={item.hit} /></ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
