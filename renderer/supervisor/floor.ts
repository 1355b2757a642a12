import type { SupervisorView } from '#contract/supervisor.ts'

/** Minutes that the strip of the waiting room shows at least; it grows in steps of 15 with the longest wait. */
const least = 45

/** Somebody who waits, as a dot at the minutes waited. */
export interface Dot {
  readonly number: string
  readonly minutes: number
  readonly priority: boolean
  /** 0…1 along the strip. */
  readonly x: number
  /** 0 on the line, then 1 above, −1 below: dots at the same minute stand over each other. */
  readonly lane: -1 | 0 | 1
  readonly level: 'calm' | 'warn' | 'danger'
  /** Over 30 minutes the number is named, where the next dot leaves room. */
  readonly named: boolean
}

type Wait = SupervisorView['services'][number]['waits'][number]

/** End of the axis in minutes, 45 … 120; who has waited longer stands at its end. */
export function axisEnd(services: readonly { readonly waits: readonly Wait[] }[]): number {
  const longest = Math.max(0, ...services.flatMap((service) => service.waits.map((wait) => wait.minutes)))
  return Math.min(120, Math.max(least, Math.ceil((longest + 1) / 15) * 15))
}

export const levelOf = (minutes: number): Dot['level'] => (minutes > 30 ? 'danger' : minutes > 15 ? 'warn' : 'calm')

/** Room a dot and a name take, as a share of the strip. */
const dotWidth = 0.024
const nameWidth = 0.1
const lanes = [0, 1, -1] as const

/** One dot a person, each to be seen: those who came at about the same time are moved out of each other's way. */
export function placeDots(waits: readonly Wait[], end: number): readonly Dot[] {
  const ends = new Map<Dot['lane'], number>()
  const sorted = waits.toSorted((a, b) => a.minutes - b.minutes)
  return sorted.map((wait, index): Dot => {
    const x = Math.min(1, wait.minutes / end)
    const lane = lanes.find((candidate) => (ends.get(candidate) ?? -1) + dotWidth <= x) ?? 0
    ends.set(lane, x)
    const next = sorted[index + 1]
    const room = next === undefined || Math.min(1, next.minutes / end) - x >= nameWidth
    return { ...wait, x, lane, level: levelOf(wait.minutes), named: wait.minutes > 30 && room }
  })
}
