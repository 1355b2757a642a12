import { useMemo, type CSSProperties } from 'react'
import type { KioskProcedure } from '#contract/kiosk.ts'
import type { Translate } from '../i18n/catalogue.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { SegmentedControl } from '../ui/index.ts'
import { useKiosk } from './model.ts'
import { Pager } from './pager.tsx'
import { kioskPapers, type KioskPaper } from './papers.ts'
import { usePaged } from './use-paged.ts'

function amountText(paper: KioskPaper, t: Translate): string {
  if (paper.kind === 'present') return t('kiosk.paper.present')
  if (paper.kind === 'declare') return t('kiosk.paper.declare')
  if (paper.original > 0 && paper.copy > 0) return t('kiosk.paper.both', { original: paper.original, copy: paper.copy })
  return paper.copy > 0 ? t('kiosk.paper.copies', { count: paper.copy }) : t('kiosk.paper.originals', { count: Math.max(1, paper.original) })
}

/** The small line under a paper: what helps when it is missing, when it is needed, else how it is handed in. */
function subText(paper: KioskPaper, have: boolean | undefined, t: Translate): string {
  if (have === false) return paper.form ? t('kiosk.paper.form-missing') : t('kiosk.paper.missing-help')
  if (!paper.asked) return paper.when === null ? t('kiosk.paper.if-needed') : t('kiosk.paper.when', { when: paper.when })
  return paper.kinds === null || paper.kind !== 'present' ? amountText(paper, t) : paper.kinds
}

function PaperRow({ paper }: { readonly paper: KioskPaper }) {
  const { session, dispatch } = useKiosk()
  const { t } = useMessages()
  const have = session.answers[paper.name]
  return (
    <div className="kiosk-paper" {...(paper.asked ? {} : { 'data-sometimes': true })}>
      <div className="kiosk-paper-text">
        <div className="kiosk-paper-title two-lines">{paper.title}</div>
        <div className="kiosk-paper-sub ellipsis">{subText(paper, have, t)}</div>
      </div>
      {paper.asked ? (
        <SegmentedControl
          label={paper.title}
          tone="green"
          value={have === undefined ? null : have ? 'yes' : 'no'}
          onChange={(answer) => dispatch({ kind: 'answer', paper: paper.name, have: answer === 'yes' })}
          segments={[
            { id: 'yes', label: t('kiosk.paper.have') },
            { id: 'no', label: t('kiosk.paper.missing'), tone: 'yellow' },
          ]}
        />
      ) : null}
    </div>
  )
}

/** So many rows high at most, so that a short list leaves no hole. */
function papersCount(count: number): CSSProperties {
  return { '--papers': count } as CSSProperties
}

/** What to bring, with Có / Chưa for each; a missing paper never blocks taking a number. */
export function PapersList({ procedure }: { readonly procedure: KioskProcedure }) {
  const { modes } = useKiosk()
  const { t } = useMessages()
  const papers = useMemo(() => kioskPapers(procedure.components), [procedure])
  const { attach, ...paged } = usePaged(papers, modes.large ? 124 : 110, 0, procedure.code)
  return (
    <div className="kiosk-papers">
      <div className="kiosk-papers-line">
        <h3 className="kiosk-papers-title">{papers.length === 0 ? t('kiosk.papers.none') : t('kiosk.papers.title')}</h3>
        <Pager paged={paged} />
      </div>
      <div className="kiosk-papers-list" ref={attach} style={papersCount(papers.length)}>
        {paged.shown.map((paper) => (
          <PaperRow key={paper.name} paper={paper} />
        ))}
      </div>
    </div>
  )
}
