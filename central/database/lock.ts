import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import lockfile from 'proper-lockfile'
import { DatabaseUnavailableError } from './port.ts'

/** After this long without a sign of life the owner counts as gone, ms. */
const stale = 10_000

/**
 * Takes the folder for this process; answers how to give it back. An owner that was killed leaves its lock behind: its
 * process id, kept beside, tells that it is gone, so a restart needn't wait until the lock is stale.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const lockfilePath = join(folder, 'central.lock')
  const owner = join(folder, 'central.pid')
  const take = (): Promise<() => Promise<void>> => lockfile.lock(folder, { lockfilePath, stale, onCompromised: compromised })
  let release: () => Promise<void>
  try {
    release = await take()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ELOCKED')) throw error
    if (isAlive(ownerOf(owner))) throw new DatabaseUnavailableError('in-use', folder, error)
    rmSync(lockfilePath, { recursive: true, force: true })
    release = await take()
  }
  writeFileSync(owner, String(process.pid))
  return release
}

/** The lock can't be kept alive (the folder is gone, or the machine slept too long): two writers would ruin the database. */
function compromised(error: Error): void {
  process.stderr.write(`central: ${error.message}\n`)
  process.exit(1)
}

function ownerOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

/** Whether another process of this id runs. Our own id means that a container restarted: the former owner is gone. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
