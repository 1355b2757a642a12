import { useRef, useState, type KeyboardEvent } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { EmptyState, Icon, Kbd, NumberStepper } from '../ui/index.ts'
import type { PaperLine } from './form-types.ts'
import { ProblemLine } from './problem-line.tsx'
import type { Intake } from './use-intake.ts'

type Column = 'tick' | 'original' | 'copy'
const columns: readonly Column[] = ['tick', 'original', 'copy']

/** Time within which a second digit makes a number of two digits, ms. */
const secondDigitMs = 900

interface Spot {
  readonly row: number
  readonly column: Column
}

const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

function moved(spot: Spot, by: readonly [number, number], rows: number): Spot {
  const column = columns[Math.max(0, Math.min(2, columns.indexOf(spot.column) + by[1]))] ?? 'tick'
  return { row: Math.max(0, Math.min(rows - 1, spot.row + by[0])), column }
}

/** The number after a digit key: a second digit soon after the first makes it two digits long. */
function useDigits(): (digit: string, spot: Spot, old: number) => number {
  const last = useRef<{ readonly spot: string; readonly at: number }>({ spot: '', at: 0 })
  return (digit, spot, old) => {
    const name = `${spot.row}:${spot.column}`
    const soon = last.current.spot === name && Date.now() - last.current.at < secondDigitMs
    last.current = { spot: name, at: Date.now() }
    return soon && old < 10 ? old * 10 + Number(digit) : Number(digit)
  }
}

function Quantity(props: { readonly line: PaperLine; readonly of: 'original' | 'copy'; readonly focusable: boolean; readonly row: number; readonly onFocus: () => void; readonly onChange: (value: number) => void }) {
  const { t } = useMessages()
  const { line, of } = props
  const value = line[of]
  const step = (by: number) => props.onChange(value + by)
  return (
    <div className="ct-quantity">
      <button type="button" tabIndex={-1} aria-hidden="true" onClick={() => step(-1)}><Icon.Minus size={14} /></button>
      <span
        role="spinbutton" tabIndex={props.focusable ? 0 : -1} data-cell={`${props.row}:${of}`} aria-label={t(`counter.papers.${of}.of`, { name: line.name })} aria-valuenow={line.ticked ? value : 0} aria-valuemin={0} aria-valuemax={99}
        className="num" onFocus={props.onFocus}
      >
        {line.ticked ? value : '–'}
      </span>
      <button type="button" tabIndex={-1} aria-hidden="true" onClick={() => step(1)}><Icon.Plus size={14} /></button>
    </div>
  )
}

function Name({ line }: { readonly line: PaperLine }) {
  const { t } = useMessages()
  const when = line.required === true ? t('counter.papers.required') : line.required === 'one-of' ? t('counter.papers.one-of') : line.when === null ? '' : line.when.charAt(0).toLocaleUpperCase('vi') + line.when.slice(1)
  return (
    <>
      <span className="ellipsis ct-paper-name" title={line.name}>{line.name}</span>
      <span className="ellipsis ct-paper-when" title={when}>{when}</span>
    </>
  )
}

/** What is handed in: arrows move, Space ticks, digits set how many. */
function Table({ intake }: { readonly intake: Intake }) {
  const { t } = useMessages()
  const { form, act } = intake
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 'tick' })
  const table = useRef<HTMLTableElement>(null)
  const withDigit = useDigits()
  const go = (to: Spot) => {
    setSpot(to)
    table.current?.querySelector<HTMLElement>(`[data-cell="${to.row}:${to.column}"]`)?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const by = arrows[event.key]
    const of = spot.column === 'tick' ? (form.papers[spot.row]?.original === 0 && (form.papers[spot.row]?.copy ?? 0) > 0 ? 'copy' : 'original') : spot.column
    if (by !== undefined) go(moved(spot, by, form.papers.length))
    else if (event.key === ' ') act({ kind: 'tick', index: spot.row })
    else if (/^\d$/.test(event.key)) act({ kind: 'quantity', index: spot.row, of, value: withDigit(event.key, spot, form.papers[spot.row]?.[of] ?? 0) })
    else if (event.key === 'Backspace' || event.key === 'Delete') act({ kind: 'quantity', index: spot.row, of, value: 0 })
    else return
    event.preventDefault()
  }
  return (
    <table className="ct-papers" role="grid" aria-labelledby="ct-papers-title" ref={table} onKeyDown={onKey}>
      <thead>
        <tr><td /><th scope="col">{t('counter.papers.name')}</th><th scope="col">{t('counter.papers.original')}</th><th scope="col">{t('counter.papers.copy')}</th><th scope="col">{t('counter.papers.state')}</th></tr>
      </thead>
      <tbody>
        {form.papers.map((line, row) => (
          <tr key={line.name} data-off={line.ticked ? undefined : true}>
            <td role="gridcell">
              <span
                role="checkbox" aria-checked={line.ticked} aria-label={t('counter.papers.tick', { name: line.name })} data-cell={`${row}:tick`} tabIndex={spot.row === row && spot.column === 'tick' ? 0 : -1}
                className="ct-tick" onFocus={() => setSpot({ row, column: 'tick' })} onClick={() => act({ kind: 'tick', index: row })}
              >
                <span className="mc-check-box"><Icon.Check aria-hidden="true" /></span>
              </span>
            </td>
            <td role="gridcell" className="ct-paper" onClick={() => act({ kind: 'tick', index: row })}><Name line={line} /></td>
            {(['original', 'copy'] as const).map((of) => (
              <td role="gridcell" key={of}>
                <Quantity line={line} of={of} row={row} focusable={spot.row === row && spot.column === of} onFocus={() => setSpot({ row, column: of })} onChange={(value) => act({ kind: 'quantity', index: row, of, value })} />
              </td>
            ))}
            <td role="gridcell" className="ct-soft">{line.ticked ? t(`counter.papers.kind.${line.kind}`) : t('counter.papers.not')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The papers of the chosen procedure, or where to choose one. */
export function PapersSection({ intake }: { readonly intake: Intake }) {
  const { t } = useMessages()
  const { form, act } = intake
  return (
    <section id="part-papers" aria-labelledby="ct-papers-title">
      <div className="ct-part-head">
        <h3 id="ct-papers-title">{t('counter.intake.papers')}</h3><Kbd>Alt 3</Kbd>
        {form.procedure === null ? null : (
          <>
            <span className="ct-provenance">{t('counter.intake.papers.hint')}</span>
            <span className="ct-sets">
              {t('counter.papers.sets')}
              <NumberStepper label={t('counter.papers.sets')} value={form.sets} min={1} max={20} onChange={(value) => act({ kind: 'sets', value })} decreaseLabel={t('shared.less')} increaseLabel={t('shared.plus')} />
            </span>
          </>
        )}
      </div>
      <div id="place-papers">
        {form.procedure === null
          ? <EmptyState icon={<Icon.FileText aria-hidden="true" />} title={t('counter.intake.papers.none')}>{t('counter.intake.papers.none.next')}</EmptyState>
          : <Table key={form.procedure} intake={intake} />}
      </div>
      {intake.shown.filter((problem) => problem.place === 'papers').map((problem) => <ProblemLine key={problem.code} problem={problem} act={act} />)}
    </section>
  )
}
