import type { Sqlite } from '#journal/database.ts'
import { ProcessDied } from './process.ts'

/** Asked right before and right after each commit; true kills the process there. */
export type Strike = (moment: 'before' | 'after') => boolean

/** From now on the machine of this database may lose its power at any commit: that of a transaction, and that of a statement outside of one. */
export function makeFragile(db: Sqlite, strike: Strike): void {
  const commit = <T>(work: () => T): T => {
    if (db.inTransaction) return work()
    if (strike('before')) throw new ProcessDied('before a commit')
    const done = work()
    if (strike('after')) throw new ProcessDied('after a commit')
    return done
  }
  const prepare = db.prepare.bind(db)
  const transaction = db.transaction.bind(db)
  Object.assign(db, {
    prepare(sql: string) {
      const statement = prepare(sql)
      const run = statement.run.bind(statement)
      return Object.assign(statement, { run: (...values: unknown[]) => commit(() => run(...values)) })
    },
    transaction(work: (...input: unknown[]) => unknown) {
      const whole = transaction(work)
      return (...input: unknown[]) => commit(() => whole(...input))
    },
  })
}
