import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { Launcher } from 'chrome-launcher'

/** Edge is on every Windows 10 and 11; chrome-launcher looks for Chrome and Chromium only. */
function edgePlaces(env: NodeJS.ProcessEnv): string[] {
  const programs = [env['ProgramFiles(x86)'], env['ProgramFiles'], env['LOCALAPPDATA']].filter((folder) => folder !== undefined)
  if (process.platform === 'win32') return programs.map((folder) => join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'))
  if (process.platform === 'darwin') return ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge']
  return ['/usr/bin/microsoft-edge-stable', '/usr/bin/microsoft-edge']
}

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium']

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** chrome-launcher throws where it finds nothing, and on a Linux without `which`. */
function launcherFinds(): string[] {
  try {
    return Launcher.getInstallations()
  } catch {
    return []
  }
}

/** The machine's Chromium, Chrome or Edge; `CHROME_PATH` goes first. Undefined when there is none. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['CHROME_PATH'] !== undefined) return isProgram(env['CHROME_PATH']) ? env['CHROME_PATH'] : undefined
  return [...usualPlaces, ...launcherFinds(), ...edgePlaces(env)].find(isProgram)
}

/** Whether a window could appear. Windows and macOS always have a session's display; Linux says so in its environment. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  return process.platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}
