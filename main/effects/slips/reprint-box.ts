import { localTime } from '#domain/local-time.ts'
import type { Block } from '#native/printer/slip.ts'
import type { Reprint } from './office.ts'

/** The mark of a copy, `In lại lần 1, 09:41`, boxed under the title; nothing on a first print. */
export function reprintBlocks(reprint: Reprint | null): readonly Block[] {
  if (!reprint) return []
  const text = `In lại lần ${reprint.times}, ${localTime(reprint.at)}`
  return [
    { kind: 'gap', dots: 6 },
    { kind: 'box', lines: [{ kind: 'text', text, bold: true, align: 'center' }] },
    { kind: 'gap', dots: 6 },
  ]
}
