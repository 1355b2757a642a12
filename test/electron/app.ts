import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { buildAppTree } from '#build/app-tree.ts'
import { electronBinary, electronVersion } from '#cli/electron-binary.ts'
import { hasDisplay } from '#shell/find-browser.ts'

/** Why Electron can't be tested on this machine; undefined where it can. */
export function whyNoElectron(): string | undefined {
  if (!electronBinary()) return `Electron ${electronVersion()} is not fetched here (npx install-electron)`
  return hasDisplay() ? undefined : 'no display for Electron (xvfb-run npm test)'
}

/** Root has no Chromium sandbox; everybody else must have it. */
export const asRoot = process.platform === 'linux' && process.getuid?.() === 0

export interface RunningApp {
  readonly app: ElectronApplication
  readonly data: string
  close(): Promise<void>
}

/** The program as `npm start` runs it, on a fresh data folder: the sample office with its windows. */
export async function launchApp(): Promise<RunningApp> {
  const data = mkdtempSync(join(tmpdir(), 'motcua-electron-'))
  const folder = await buildAppTree()
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  const app = await _electron.launch({
    executablePath: electronBinary() ?? '',
    args: [folder, '--data', data, '--port', '0', ...(asRoot ? ['--no-sandbox'] : [])],
    env: { ...env, MOTCUA_DRIVEN_BY_TEST: '1' },
  })
  const close = async (): Promise<void> => {
    await app.close()
    rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  return { app, data, close }
}
