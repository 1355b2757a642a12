/** A screen asks again after 15 s without an answer and gives up after another 15 s. */
const keptMs = 60_000

/** Does the work of a command once: the same command asked again gets the outcome of the first time, also while that still runs. */
export function onceEach<T>(): (commandId: string, work: () => Promise<T>) => Promise<T> {
  const done = new Map<string, Promise<T>>()
  return (commandId, work) => {
    const before = done.get(commandId)
    if (before) return before
    const outcome = work()
    done.set(commandId, outcome)
    setTimeout(() => done.delete(commandId), keptMs).unref()
    return outcome
  }
}
