import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The columns of a line but the last, which is the password. */
interface Wanted {
  readonly host: string
  readonly port: string
  readonly database: string
  readonly user: string
}

/** Where libpq's programs look (PostgreSQL manual, "The Password File"), so that psql and central read the same one. */
function passwordFile(): string {
  const { PGPASSFILE, APPDATA } = process.env
  if (PGPASSFILE) return PGPASSFILE
  return process.platform === 'win32' ? join(APPDATA ?? '', 'postgresql/pgpass.conf') : join(homedir(), '.pgpass')
}

/** What of a password file fits: the first line whose four columns are equal or `*`; `\:` and `\\` stand for themselves. Null without one. */
export function passwordIn(text: string, { host, port, database, user }: Wanted): string | null {
  for (const line of text.split(/\r?\n/)) {
    const columns = (line.startsWith('#') ? '' : line).match(/(?:\\.|[^:\\])+/g)?.map((column) => column.replace(/\\(.)/g, '$1')) ?? []
    if (columns.length === 5 && [host, port, database, user].every((value, at) => columns[at] === '*' || columns[at] === value)) return columns[4] ?? null
  }
  return null
}

/**
 * The address with the password of the password file, where neither the address nor PGPASSWORD has one. A file that others may read is
 * passed over, as psql does.
 */
export function withStoredPassword(url: string): string {
  const address = new URL(url)
  const { hostname: host, port, pathname, username, password } = address
  if (password || process.env['PGPASSWORD']) return url
  const found = passwordIn(readPrivate(passwordFile()), {
    host,
    port: port || '5432',
    database: decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username),
    user: decodeURIComponent(username),
  })
  if (found !== null) address.searchParams.set('password', found)
  return address.href
}

function readPrivate(file: string): string {
  try {
    const others = process.platform === 'win32' ? 0 : statSync(file).mode & 0o077
    return others === 0 ? readFileSync(file, 'utf8') : ''
  } catch {
    return ''
  }
}
