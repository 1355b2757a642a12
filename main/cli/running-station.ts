import { existsSync, readFileSync } from 'node:fs'
import type { Connection } from '#preload/bridge/connection.ts'
import { connectWebSocket } from '#preload/bridge/websocket.ts'

interface Running {
  readonly urls: Readonly<Record<string, string>>
}

/** Opens the supervisor's part of the station that runs on a data folder; null when none runs there. */
export async function openRunning(runningFile: string): Promise<{ readonly connection: Connection; readonly origin: string } | null> {
  if (!existsSync(runningFile)) return null
  const { urls } = JSON.parse(readFileSync(runningFile, 'utf8')) as Running
  const url = urls['supervisor']
  if (!url) return null
  const { origin, host, hash } = new URL(url)
  try {
    return { connection: await connectWebSocket(`ws://${host}/ws`, hash.replace('#t=', '')), origin }
  } catch {
    return null
  }
}
