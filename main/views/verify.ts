import type { Sqlite } from '#journal/database.ts'
import { createViews, projections, refold } from './views.ts'

/** Folds the whole journal into `empty` (a database of its own) and compares every table with what is stored; the names of those that differ. */
export function viewsThatDiffer(db: Sqlite, empty: Sqlite): readonly string[] {
  refold(db, createViews(empty))
  return projections.flatMap((one) => one.tables).filter((table) => !sameRows(db, empty, table))
}

function sameRows(a: Sqlite, b: Sqlite, table: string): boolean {
  const columns = a.prepare(`SELECT * FROM "${table}"`).columns()
  const sql = `SELECT * FROM "${table}" ORDER BY ${columns.map((_, index) => index + 1).join(', ')}`
  const [left, right] = [a.prepare(sql).raw().iterate(), b.prepare(sql).raw().iterate()]
  for (;;) {
    const [one, other] = [left.next(), right.next()]
    if (one.done && other.done) return true
    if (one.done !== other.done || JSON.stringify(one.value) !== JSON.stringify(other.value)) {
      left.return?.()
      right.return?.()
      return false
    }
  }
}
