import { useEffect, useState } from 'react'

/** Milliseconds after which the frame, then the sentence, is shown. */
const stages = { frame: 300, sentence: 5000 } as const

/** Nothing for 300 ms, then static grey lines, after 5 s a sentence. Only before the first data: a live view never blanks. */
export function Loading({ sentence, lines = 4 }: { readonly sentence: string; readonly lines?: number }) {
  const [stage, setStage] = useState<'nothing' | 'frame' | 'sentence'>('nothing')
  useEffect(() => {
    const timers = [setTimeout(() => setStage('frame'), stages.frame), setTimeout(() => setStage('sentence'), stages.sentence)]
    return () => timers.forEach((timer) => clearTimeout(timer))
  }, [])
  if (stage === 'nothing') return null
  return (
    <div className="mc-lines" style={{ padding: 32, maxWidth: 640 }} role="status">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: `${90 - line * 13}%` }} />
      ))}
      {stage === 'sentence' ? <p>{sentence}</p> : null}
    </div>
  )
}
