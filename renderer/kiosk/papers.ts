import type { Component } from '#contract/kiosk.ts'

/** A paper as the kiosk shows it. */
export interface KioskPaper {
  /** Name in the catalogue; what the ticket carries. */
  readonly name: string
  /** Without what stands in brackets. */
  readonly title: string
  /** What stood in brackets, e.g. which kinds count; null when nothing useful. */
  readonly kinds: string | null
  /** Everybody needs it and is asked Có or Chưa; the others only "khi …". */
  readonly asked: boolean
  readonly when: string | null
  readonly original: number
  readonly copy: number
  readonly kind: Component['kind']
  /** A form that the clerk prints at the counter. */
  readonly form: boolean
}

/** A condition that only says "when submitted on paper, at the counter", which is this citizen's case. */
const atCounter = /^(nộp trực tiếp|không nộp bản giấy|nộp bản giấy)/i

function splitName(name: string): { readonly title: string; readonly kinds: string | null } {
  const match = /^(.*?)\s*\(([^)]*)\)\s*(.*)$/.exec(name)
  if (match === null) return { title: name, kinds: null }
  const [, before = '', inside = '', after = ''] = match
  const title = after === '' ? before : `${before} ${after}`
  return { title, kinds: inside === 'mẫu' || inside === 'chứng thực' ? null : inside }
}

function toPaper(component: Component): KioskPaper {
  const asked = component.required === true || component.required === 'one-of' || (component.case !== undefined && atCounter.test(component.case))
  return {
    name: component.name,
    ...splitName(component.name),
    asked,
    // The catalogue says "khi ủy quyền", "chỉ khi …"; the sentence on the screen brings its own.
    when: asked ? null : (component.case?.replace(/^(chỉ )?khi /i, '') ?? null),
    original: component.original,
    copy: component.copy,
    kind: component.kind,
    form: /^(tờ khai|đơn|phiếu|giấy đề nghị)/i.test(component.name),
  }
}

/** The papers of a procedure: first those that everybody brings, then those for some cases. */
export function kioskPapers(components: readonly Component[]): readonly KioskPaper[] {
  const papers = components.map(toPaper)
  return [...papers.filter((paper) => paper.asked), ...papers.filter((paper) => !paper.asked)]
}
