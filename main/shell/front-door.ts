import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** Long enough for a busy machine, short enough for a person who just double-clicked. */
const answerWithinMs = 2_000
const shown = 'shown'

/** A name on this machine that belongs to one data folder and one account; socket paths are too short for the folder itself. */
function doorOf(dataFolder: string): string {
  const name = createHash('sha256').update(`${userInfo().username}\0${dataFolder}`).digest('hex').slice(0, 24)
  return process.platform === 'win32' ? `\\\\.\\pipe\\motcua-${name}` : join(tmpdir(), `motcua-${name}.sock`)
}

export interface FrontDoor {
  close(): Promise<void>
}

/**
 * Waits for a second start on the same data folder. Call it only while holding the data folder's lock: it takes over a
 * socket that a killed process left behind.
 * @param show brings the windows to the front
 */
export async function openFrontDoor(dataFolder: string, show: () => Promise<void>): Promise<FrontDoor> {
  const path = doorOf(dataFolder)
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const server = createServer((socket) => {
    // A caller that hung up needs no answer; its reset must not end the station.
    socket.on('error', () => socket.destroy())
    show().then(
      () => socket.end(shown),
      () => socket.end(),
    )
  })
  server.listen(path)
  await once(server, 'listening')
  server.unref()
  return {
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

/** Asks the process that holds this data folder to come to the front. False when none answers in time. */
export async function knock(dataFolder: string): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = createConnection(doorOf(dataFolder))
    socket.setTimeout(answerWithinMs, () => socket.destroy())
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => (answer += text))
    // 'close' follows every error and gives the one answer.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(answer === shown))
  })
}
