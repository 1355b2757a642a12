import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { machineIdentity } from './certificate.ts'

it('a machine whose clock stood at 1970 or 1980 (no battery) believed no hub: the certificate began in 2000', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-certificate-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const { validFromDate, validToDate } = new X509Certificate((await machineIdentity(join(dir, 'identity.json'), 'hub')).cert)
  expect(validFromDate.getTime()).toBe(0)
  expect(validToDate.getFullYear()).toBe(2099)
})
