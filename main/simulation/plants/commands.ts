import { CommandLog } from '#journal/commands.ts'
import type { QueueAnswer } from '#usecases/queue-port.ts'
import type { Plant } from './plant.ts'

/** Never knows that a command came before. */
class Forgetful extends CommandLog {
  override answerOf(): unknown {
    return undefined
  }

  override keep(id: string, at: number, answer: unknown): void {
    if (super.answerOf(id) === undefined) super.keep(id, at, answer)
  }
}

/** Keeps answers a moment after the events they belong to. */
class Late extends CommandLog {
  override keep(id: string, at: number, answer: unknown): void {
    setTimeout(() => {
      if (super.answerOf(id) === undefined) super.keep(id, at, answer)
    }, 250)
  }
}

export const commands: Readonly<Record<string, () => Plant>> = {
  'finished-answered-and-not-done': () => {
    const started = new Map<number, QueueAnswer>()
    return {
      command: async (run, commandId, command) => {
        if (command.kind === 'finish') return started.get(command.counter) ?? run(commandId)
        const answer = await run(commandId)
        if (command.kind === 'start') started.set(command.counter, answer)
        return answer
      },
    }
  },
  'command-id-forgotten': () => ({ commands: (db) => new Forgetful(db) }),
  'command-ids-lost-at-restart': () => ({ atBoot: (db) => void db.exec('DELETE FROM commands') }),
  'answer-kept-after-commit': () => ({ commands: (db) => new Late(db) }),
  'retry-with-new-command-id': () => {
    let sent = 0
    return { command: (run, commandId) => run(`${commandId}-${(sent += 1)}`) }
  },
  'same-citizen-to-two-counters': () => {
    let last: { readonly at: number; readonly answer: QueueAnswer } | null = null
    return {
      command: async (run, commandId, command) => {
        if (command.kind !== 'call-next') return run(commandId)
        if (last && performance.now() - last.at < 300) return last.answer
        const answer = await run(commandId)
        if (answer.ok) last = { at: performance.now(), answer }
        return answer
      },
    }
  },
}
