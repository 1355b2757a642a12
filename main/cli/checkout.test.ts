import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { newest } from './checkout.ts'

function write(file: string, seconds: number): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  utimesSync(file, seconds, seconds)
}

test('every start built the screens anew: the fonts that a build writes are not a change of the sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-sources-'))
  const later = Math.floor(Date.now() / 1000) + 3_600
  write(join(folder, 'fonts/generated/LICENSE'), later + 60)
  expect(newest(folder)).toBeLessThan(later * 1000)
  write(join(folder, 'kiosk/main.tsx'), later)
  expect(newest(folder)).toBe(later * 1000)
  rmSync(folder, { recursive: true })
})
