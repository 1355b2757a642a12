import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** One line of source in one folder, and the words the linter must answer with (none: it is allowed). */
type Case = readonly [folder: string, line: string, complaint?: string]

const cases: readonly Case[] = [
  ['main/domain', `import '#journal/x.ts'`, 'main/domain may not import main/journal'],
  ['main/domain', `import { z } from 'zod'`, 'imports nothing'],
  ['main/domain', `import { readFileSync } from 'node:fs'`, 'imports nothing'],
  ['main/domain', `import '../journal/x.ts'`, 'leaves main/domain'],
  ['main/domain', `import type { Event } from './event.ts'`],
  ['preload/contract', `import { x } from '#domain/ticket.ts'`, 'types of main/domain only'],
  ['preload/contract', `import type { Ticket } from '#domain/ticket.ts'`],
  ['preload/contract', `import { join } from 'node:path'`, 'runs in a browser'],
  ['native/printer', `import '#domain/ticket.ts'`, 'native may not import main/domain'],
  ['native/printer', `import '#native/sim/printer.ts'`, 'native may not import native/sim'],
  ['native/printer', `import '../transport/serial.ts'`],
  ['native/sim', `import '#native/printer/encoder.ts'`, 'native/sim may not import native'],
  ['native/sim', `import '../reader/x.ts'`, 'leaves native/sim'],
  ['main/journal', `import '#views/x.ts'`, 'main/journal may not import main/views'],
  ['main/forms', `import '#usecases/x.ts'`, 'main/forms may not import main/usecases'],
  ['main/usecases', `import { printer } from '#native/printer/x.ts'`, 'types of native only'],
  ['main/usecases', `import type { Printer } from '#native/printer/port.ts'`],
  ['main/usecases', `export * from '#api/x.ts'`, 'main/usecases may not import main/api'],
  ['main/api', `export const x = import('#journal/x.ts')`, 'main/api may not import main/journal'],
  ['main/api', `export type X = import('#vault/x.ts').X`, 'main/api may not import main/vault'],
  ['main/api', `import '#usecases/issue.ts'`],
  ['main/views', `import { open } from '#journal/x.ts'`, 'types of main/journal only'],
  ['main/lan', `import '#journal/x.ts'`, 'main/lan may not import main/journal'],
  ['main/lan', `import { app } from 'electron'`, 'runs without Electron'],
  ['main/lan', `import React from 'react'`, 'React belongs to the screens'],
  ['main/sync', `import '#sync/protocol/handshake.ts'`],
  ['renderer/kiosk', `import '#usecases/issue.ts'`, 'renderer may not import main/usecases'],
  ['renderer/kiosk', `import { join } from 'path'`, 'runs in a browser'],
  ['renderer/kiosk', `import '#contract/kiosk.ts'`],
  ['central', `import '#sync/outbox.ts'`, 'central may not import main/sync'],
  ['central', `import '#sync/protocol/handshake.ts'`],
  ['central', `import '#nowhere/x.ts'`, 'no alias'],
]

const root = fileURLToPath(new URL('../..', import.meta.url))
const probes = cases.map(([folder], index) => `${folder}/lint-probe-${process.pid}-${index}.ts`)
const complaints = new Map<string, string[]>()

/** oxlint's own verdict over files that really lie in the tree, so that config, plugin and paths are all in play. */
beforeAll(async () => {
  for (const [index, [, line]] of cases.entries()) {
    const probe = join(root, probes[index] ?? '')
    await mkdir(dirname(probe), { recursive: true })
    await writeFile(probe, `${line}\n`)
  }
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const report = await new Promise<string>((resolve) => {
    execFile(process.execPath, [oxlint, '--format=json', ...probes], { cwd: root, maxBuffer: 1 << 24 }, (_, stdout) => resolve(stdout))
  })
  const { diagnostics } = JSON.parse(report) as { diagnostics: { code: string; severity: string; message: string; filename: string }[] }
  for (const { code, severity, message, filename } of diagnostics) {
    if (code !== 'motcua(layers)' || severity !== 'error') continue
    complaints.set(filename, [...(complaints.get(filename) ?? []), message])
  }
})

afterAll(async () => {
  for (const probe of probes) await rm(join(root, probe), { force: true })
})

test.each(cases.map(([folder, line, complaint], index) => ({ folder, line, complaint, probe: probes[index] ?? '' })))(
  '$folder: $line → $complaint',
  ({ probe, complaint }) => {
    const found = complaints.get(probe) ?? []
    if (complaint === undefined) expect(found).toEqual([])
    else expect(found.join('\n')).toContain(complaint)
  },
)
