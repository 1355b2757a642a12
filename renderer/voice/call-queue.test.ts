import { describe, expect, it } from 'vitest'
import type { Call } from '#contract/board.ts'
import { createCallQueue, isAfter, type CallQueueState, type QueueClock } from './call-queue.ts'
import type { Speaker, SpeechOutcome } from './speaker.ts'

/** A clock that moves only when told, letting promises settle at each step. */
function handClock() {
  let now = 0
  let sleepers: { at: number; wake: () => void }[] = []
  const settle = async () => { for (let turn = 0; turn < 20; turn += 1) await Promise.resolve() }
  const clock: QueueClock = { now: () => now, sleep: async (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })) }
  const run = async (ms: number) => {
    const until = now + ms
    await settle()
    for (;;) {
      const next = sleepers.filter((sleeper) => sleeper.at <= until).toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      sleepers = sleepers.filter((sleeper) => sleeper !== next)
      now = next.at
      next.wake()
      await settle()
    }
    now = until
  }
  return { clock, run }
}

const morning = Date.UTC(2026, 10, 23, 2, 21)
const call = (seq: number, number: string, at = morning, counter = 3): Call => ({ seq, number, counter, at, times: 1 })

/** A queue with a voice that takes `speakMs` a call and a log of what was heard and shown. */
function room(options: { speakMs?: number; repeats?: number; outcome?: SpeechOutcome; dead?: boolean } = {}) {
  const { clock, run } = handClock()
  const heard: string[] = []
  const shown: string[] = []
  let speaking = 0
  let most = 0
  const speaker: Speaker = {
    async say(said, { chime, onWords }) {
      speaking += 1
      most = Math.max(most, speaking)
      heard.push(`${clock.now()} ${chime ? 'chime ' : ''}${said.number}`)
      await clock.sleep(options.dead === true ? 1e9 : 900)
      onWords()
      await clock.sleep((options.speakMs ?? 4000) - 900)
      speaking -= 1
      return options.outcome ?? 'spoken'
    },
    stop: () => heard.push(`${clock.now()} stop`),
  }
  const onChange = (state: CallQueueState) => {
    const line = `${state.hero?.number ?? '-'} ${state.phase}`
    if (shown.at(-1)?.endsWith(line) !== true) shown.push(`${clock.now()} ${line}`)
  }
  const queue = createCallQueue({ speaker: () => speaker, clock, minHoldMs: 6000, repeats: () => options.repeats ?? 0, onChange })
  return { queue, run, heard, shown, most: () => most }
}

describe('the queue of calls', () => {
  it('shows and speaks one call at a time in the order of seq, whatever order they arrive in', async () => {
    const { queue, run, heard, shown, most } = room()
    queue.offer([call(2, 'B017'), call(1, 'A012'), call(3, 'C009')], morning)
    await run(60_000)
    expect(heard).toEqual(['0 chime A012', '6000 chime B017', '12000 chime C009'])
    expect(shown).toEqual(['0 - quiet', '0 A012 opening', '900 A012 speaking', '4000 A012 held', '6000 B017 opening', '6900 B017 speaking',
      '10000 B017 held', '12000 C009 opening', '12900 C009 speaking', '16000 C009 held', '18000 C009 quiet'])
    expect(most()).toBe(1)
    expect(queue.state.recent.map((old) => old.number)).toEqual(['B017', 'A012'])
  })

  it('takes each seq once although every live view carries the last calls', async () => {
    const { queue, run, heard } = room()
    queue.offer([call(1, 'A012')], morning)
    await run(3000)
    queue.offer([call(1, 'A012'), call(2, 'B017')], morning + 3000)
    queue.offer([call(1, 'A012'), call(2, 'B017')], morning + 5000)
    await run(60_000)
    expect(heard).toEqual(['0 chime A012', '6000 chime B017'])
  })

  it('repeats once without the chime, and not at all when another call waits', async () => {
    const quiet = room({ repeats: 1 })
    quiet.queue.offer([call(1, 'A012')], morning)
    await quiet.run(60_000)
    expect(quiet.heard).toEqual(['0 chime A012', '4000 A012'])
    const busy = room({ repeats: 1 })
    busy.queue.offer([call(1, 'A012')], morning)
    await busy.run(3000)
    busy.queue.offer([call(2, 'B017')], morning)
    await busy.run(60_000)
    expect(busy.heard).toEqual(['0 chime A012', '6000 chime B017', '10000 B017'])
  })

  it('goes on in order at six seconds a call when the browser may not sound yet', async () => {
    const { queue, run, shown } = room({ outcome: 'muted', speakMs: 900, repeats: 3 })
    queue.offer([call(1, 'A012'), call(2, 'B017')], morning)
    await run(60_000)
    expect(shown.filter((line) => line.endsWith('opening'))).toEqual(['0 A012 opening', '6000 B017 opening'])
  })

  it('does not let a stuck loudspeaker hold the board', async () => {
    const { queue, run, heard } = room({ dead: true })
    queue.offer([call(1, 'A012'), call(2, 'B017')], morning)
    await run(25_000)
    expect(heard).toEqual(['0 chime A012', '25000 stop', '25000 chime B017'])
  })

  it('does not read the morning again when the board starts', async () => {
    const { queue, run, heard } = room()
    queue.offer([call(7, 'A010', morning - 600_000), call(8, 'A011', morning - 300_000), call(9, 'A012', morning - 21_000)], morning)
    await run(60_000)
    expect(heard).toEqual([])
    expect(queue.state.hero?.number).toBe('A012')
    expect(queue.state.recent.map((old) => old.number)).toEqual(['A011', 'A010'])
  })

  it('speaks what was missed in a short break of the line, lists what is older', async () => {
    const { queue, run, heard } = room()
    queue.offer([call(1, 'A012', morning - 60_000)], morning)
    queue.offer([call(2, 'B017', morning - 200_000), call(3, 'C009', morning - 100_000)], morning)
    await run(60_000)
    expect(heard).toEqual(['0 chime C009'])
    expect(queue.state.recent.map((old) => old.number)).toEqual(['A012', 'B017'])
  })

  it('announces a number once when it is recalled while it still waits', async () => {
    const { queue, run, heard } = room()
    queue.offer([call(1, 'A012'), call(2, 'B017')], morning)
    queue.offer([call(3, 'B017', morning, 5)], morning)
    await run(60_000)
    expect(heard).toEqual(['0 chime A012', '6000 chime B017'])
    expect(queue.state.hero?.counter).toBe(5)
  })

  it('starts again with seq 1 the next day', () => {
    expect(isAfter(call(1, 'A001', morning + 86_400_000), call(140, 'D040'))).toBe(true)
    expect(isAfter(call(140, 'D040'), call(1, 'A001', morning + 86_400_000))).toBe(false)
  })

  it('is silent after close', async () => {
    const { queue, run, heard } = room()
    queue.offer([call(1, 'A012'), call(2, 'B017')], morning)
    await run(1000)
    queue.close()
    await run(60_000)
    expect(heard).toEqual(['0 chime A012', '1000 stop'])
  })
})
