import { useCallback, useRef, useState } from 'react'
import type { ErrorCode } from '#contract/errors.ts'
import type { StationClient } from '#contract/index.ts'
import type { StationLink } from './station-link.ts'
import { useLink } from './station-provider.tsx'

/** A refusal that a person can act on. `reason` is a key (`refusal.<reason>`, or the field of INVALID), `details` fill its blanks. */
export interface Refusal {
  readonly ok: false
  readonly code: ErrorCode | 'DISCONNECTED' | 'INTERNAL_SERVER_ERROR'
  readonly reason: string | null
  readonly details: Readonly<Record<string, string>>
}

export type Result<Data> = { readonly ok: true; readonly data: Data } | Refusal

/** How long a command may stay without an answer before it counts as broken off, and how long a reconnect is waited for; ms. */
const patience = { answer: 15_000, reconnect: 8_000 } as const

const codes = ['REFUSED', 'UNAUTHORISED', 'FORBIDDEN', 'HUB_UNREACHABLE', 'NOT_SAVED', 'INVALID'] as const

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** The typed error of the contract as a refusal; null when it is no answer at all (connection lost). */
export function toRefusal(error: unknown): Refusal | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  const known = codes.find((code) => code === error.code)
  if (known === undefined) return { ok: false, code: 'INTERNAL_SERVER_ERROR', reason: null, details: {} }
  const data: object = 'data' in error && typeof error.data === 'object' && error.data !== null ? error.data : {}
  const { reason, field, since, sent, details } = data as Readonly<Record<string, unknown>>
  const filled = typeof details === 'object' && details !== null ? Object.entries(details).map(([key, value]) => [key, String(value)] as const) : []
  // Sent to the hub, and no answer came back: it may be done.
  const unclear = sent === true ? 'hub-unclear' : null
  const extra = typeof since === 'number' ? [['since', String(since)] as const] : []
  return { ok: false, code: known, reason: text(reason) ?? text(field) ?? unclear, details: Object.fromEntries([...filled, ...extra]) }
}

function inTime<Data>(promise: Promise<Data>): Promise<Data> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), patience.answer)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

export type Mutation<Data> = (client: StationClient, commandId: string) => Promise<Data>

/**
 * Sends a command with one fresh id; when the connection breaks midway, once more with the same id after a reconnect, which is safe
 * because the station does an id once. Never throws.
 */
export async function sendCommand<Data>(link: Pick<StationLink, 'ready'>, mutation: Mutation<Data>): Promise<Result<Data>> {
  const commandId = crypto.randomUUID()
  for (let attempt = 0; attempt < 2; attempt++) {
    const client = await link.ready(patience.reconnect)
    if (client === null) break
    try {
      return { ok: true, data: await inTime(mutation(client, commandId)) }
    } catch (error) {
      const refusal = toRefusal(error)
      if (refusal !== null) return refusal
    }
  }
  return { ok: false, code: 'DISCONNECTED', reason: null, details: {} }
}

/**
 * `const { run, pending } = useCommand()`, then `await run((client, commandId) => client.counter.do({ commandId, action }))`. While one
 * is running, `pending` is true and a second `run` is answered with null: a double press does nothing.
 */
export function useCommand(): { readonly run: <Data>(mutation: Mutation<Data>) => Promise<Result<Data> | null>; readonly pending: boolean } {
  const link = useLink()
  const busy = useRef(false)
  const [pending, setPending] = useState(false)
  const run = useCallback(
    async <Data>(mutation: Mutation<Data>): Promise<Result<Data> | null> => {
      if (busy.current) return null
      busy.current = true
      setPending(true)
      try {
        return await sendCommand(link, mutation)
      } finally {
        busy.current = false
        setPending(false)
      }
    },
    [link],
  )
  return { run, pending }
}
