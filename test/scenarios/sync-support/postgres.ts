import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

const bin = '/usr/lib/postgresql/15/bin'

export interface Cluster {
  /** A new empty database in it. */
  database(): Promise<string>
  stop(): void
}

/** Why no real PostgreSQL can be had here; null when it can. */
export function postgresMissing(): string | null {
  if (!existsSync(join(bin, 'initdb'))) return `${bin} has no PostgreSQL 15`
  if (process.getuid?.() !== 0) return null
  try {
    execFileSync('runuser', ['-u', 'postgres', '--', 'true'])
    return null
  } catch (error) {
    return `running as root without a user postgres: ${String(error)}`
  }
}

/** Makes and starts a cluster of its own in a temporary folder, with PostgreSQL's own durability settings. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-pg-'))
  chmodSync(folder, 0o755)
  const root = process.getuid?.() === 0
  if (root) chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'])), Number(execFileSync('id', ['-g', 'postgres'])))
  const run = (tool: string, ...args: string[]): void => {
    const [command, all] = root ? ['runuser', ['-u', 'postgres', '--', join(bin, tool), ...args]] : [join(bin, tool), args]
    execFileSync(command, all, { stdio: 'ignore', cwd: folder })
  }
  const data = join(folder, 'data')
  const port = await freePort()
  run('initdb', '--no-sync', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale')
  run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`, 'start')
  let made = 0
  return {
    async database() {
      const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' })
      await client.connect()
      const name = `central${(made += 1)}`
      await client.query(`CREATE DATABASE ${name}`)
      await client.end()
      return `postgresql://postgres@127.0.0.1:${port}/${name}`
    },
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
