import type { Score } from './rating.ts'

const line = { fill: 'none', stroke: '#1b1814', strokeWidth: 5, strokeLinecap: 'round', strokeLinejoin: 'round' } as const
const eye = (x: number, y: number) => <rect key={x} x={x} y={y} width="8" height="14" rx="4" fill="#1b1814" />

const features: Readonly<Record<Score, React.ReactNode>> = {
  5: (
    <>
      <path {...line} d="M37 56a9.5 9.5 0 0 1 19 0M73 56a9.5 9.5 0 0 1 19 0" />
      <path d="M35 72c19 5 41 5 60 0 1.5 15-12 25-30 25s-31.5-10-30-25Z" fill="#1b1814" stroke="#1b1814" strokeWidth="3" strokeLinejoin="round" />
    </>
  ),
  4: (
    <>
      {[44, 78].map((x) => eye(x, 45))}
      <path {...line} d="M42 78c11 15 35 15 46 0" />
    </>
  ),
  3: (
    <>
      {[44, 78].map((x) => eye(x, 45))}
      <path {...line} d="M44 85h42" />
    </>
  ),
  2: (
    <>
      {[44, 78].map((x) => eye(x, 45))}
      <path {...line} d="M43 92c10-13 34-13 44 0" />
    </>
  ),
  1: (
    <>
      <path {...line} d="M36 48l16-7M78 41l16 7" />
      {[42, 80].map((x) => eye(x, 52))}
      <path {...line} d="M38 98c6-24 48-24 54 0" />
    </>
  ),
}

/** One of the five faces: all of one colour, so that nothing but the expression speaks. The word is beside it. */
export function Face({ score, size }: { readonly score: Score; readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 130 130" aria-hidden="true">
      <circle cx="65" cy="65" r="61" fill="#f8cd60" stroke="#1b1814" strokeWidth="5" />
      {features[score]}
    </svg>
  )
}
