import { z } from 'zod'
import type { DossierReport, ForeignSystem, ReportOutcome } from './port.ts'

export interface HttpSystemOptions {
  /** Where reports are posted. */
  readonly url: string
  readonly key: string
  readonly timeoutMs?: number
}

/** HTTP statuses that pass by themselves: too early, too many, time-out. */
const passing: ReadonlySet<number> = new Set([408, 425, 429])
const answer = z.object({ error_code: z.union([z.string(), z.number()]), message: z.string().nullish() })

/**
 * Example of a foreign system: reports as `DongBoHoSo` of the province → national portal sync, as provinces implement it (texts only, times
 * yyyyMMddHHmmss in Vietnam, `KenhThucHien` 1–3, `TrangThaiHoSo` 1–10), answered by `{error_code, message}` with code 0 for taken. The key goes along
 * as `Idempotency-Key`; a system that answers 409 to a key it knows has taken it.
 */
export function httpSystem({ url, key: bearer, timeoutMs = 10_000 }: HttpSystemOptions): ForeignSystem {
  return {
    async report(report, key, signal) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'error',
          headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(asDongBoHoSo(report)),
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        })
        return outcomeOf(response.status, await response.text())
      } catch {
        return { kind: 'away' }
      }
    },
  }
}

function outcomeOf(status: number, text: string): ReportOutcome {
  // 401 and 403 are about our key, not about this dossier: nothing is lost by waiting until it is mended.
  if (status >= 500 || status === 401 || status === 403 || passing.has(status)) return { kind: 'away' }
  if (status === 409) return { kind: 'taken' }
  const read = answer.safeParse(parsed(text))
  if (status < 300 && read.success && Number(read.data.error_code) === 0) return { kind: 'taken' }
  if (status < 300 && !read.success) return { kind: 'away' }
  const detail = read.success ? `${read.data.error_code} ${read.data.message ?? ''}` : `HTTP ${status}`
  // On one line, and nothing that a database refuses: a NUL would have kept all that wait from being sent.
  return { kind: 'rejected', reason: detail.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, 200).toWellFormed() }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const channels: Readonly<Record<string, string>> = { DIRECT: '1', ONLINE: '2', POSTAL: '3' }

function asDongBoHoSo(report: DossierReport): Readonly<Record<string, string>> {
  return {
    MaHoSo: report.code,
    MaTTHC: report.procedure,
    TenTTHC: report.procedureName,
    TenLinhVuc: report.field,
    KenhThucHien: channels[report.channel] ?? '1',
    NgayTiepNhan: compact(report.receivedAt),
    NgayHenTra: report.dueAt === null ? '' : compact(report.dueAt),
    TrangThaiHoSo: String(report.status),
    DonViXuLy: report.office,
    TongLePhi: String(report.fee),
    DaThu: String(report.paid),
  }
}

/** `20261123073000`: Vietnam's clock. */
function compact(at: number): string {
  return new Date(at + 7 * 3_600_000).toISOString().slice(0, 19).replaceAll(/\D/g, '')
}
