import type { Weight } from './fonts.ts'
import type { TextSize } from './slip.ts'

/** Size and line height in dots at 203 dpi, the usual weight, and the tracking in em (large sizes are set tighter). */
export interface TypeStep {
  readonly size: number
  readonly line: number
  readonly weight: Weight
  readonly tracking: number
  /** Width and height in the printer's own letters (`GS !`). */
  readonly cells: readonly [number, number]
}

/** The scale of slips. Nothing under 20 dots, nothing under weight 600. */
export const typeScale: Readonly<Record<TextSize, TypeStep>> = {
  sign: { size: 20, line: 31, weight: 700, tracking: 0, cells: [1, 1] },
  fine: { size: 22, line: 31, weight: 600, tracking: 0, cells: [1, 1] },
  note: { size: 23, line: 33, weight: 600, tracking: 0, cells: [1, 1] },
  head: { size: 24, line: 36, weight: 700, tracking: 0, cells: [1, 1] },
  body: { size: 24.7, line: 36, weight: 600, tracking: 0, cells: [1, 1] },
  lead: { size: 30, line: 43, weight: 700, tracking: 0, cells: [1, 2] },
  code: { size: 34, line: 44, weight: 700, tracking: -0.005, cells: [1, 2] },
  title: { size: 35, line: 50, weight: 700, tracking: 0, cells: [1, 2] },
  work: { size: 42, line: 58, weight: 700, tracking: -0.02, cells: [2, 2] },
  value: { size: 38, line: 50, weight: 700, tracking: 0, cells: [1, 2] },
  due: { size: 43, line: 56, weight: 800, tracking: -0.01, cells: [2, 2] },
  bigValue: { size: 50, line: 64, weight: 700, tracking: 0, cells: [2, 2] },
}

/** Ticket numbers: the largest size, used unless the paper is narrower than the number. */
export const numberStep = { size: 208, weight: 800, tracking: -0.02 } as const

/**
 * How paper of other widths scales the designs made for 576 dots: 512 dots at 180 dpi are the same millimetres; 58 mm paper gets smaller type,
 * but never under 20 dots for running text.
 */
export function scaleFor(dots: number): (length: number) => number {
  const factor = dots >= 512 ? dots / 576 : 0.8
  return (length) => Math.max(1, Math.round(length * factor))
}

/** Size of type on such paper; tenths of a dot are kept. */
export function typeSizeFor(dots: number, size: number): number {
  return dots >= 512 ? Math.round((size * dots * 10) / 576) / 10 : Math.max(20, Math.round(size * 0.8))
}
