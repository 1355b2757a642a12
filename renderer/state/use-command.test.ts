import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import type { StationClient } from '#contract/index.ts'
import { backoff } from './backoff.ts'
import { sendCommand, toRefusal } from './use-command.ts'

/** A link that is connected each time it is asked; the client itself is not used by these mutations. */
const connected = { ready: () => Promise.resolve({} as StationClient) }

describe('sendCommand', () => {
  it('sends again with the same id after the connection broke midway', async () => {
    const ids: string[] = []
    const result = await sendCommand(connected, (_client, id) => {
      ids.push(id)
      return ids.length === 1 ? Promise.reject(new Error('socket closed')) : Promise.resolve('A012')
    })
    expect(result).toEqual({ ok: true, data: 'A012' })
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('does not send a refused command again', async () => {
    let sent = 0
    const result = await sendCommand(connected, () => {
      sent++
      return Promise.reject(new ORPCError('REFUSED', { status: 409, data: { reason: 'counter-busy', details: { number: 'A012' } } }))
    })
    expect(result).toEqual({ ok: false, code: 'REFUSED', reason: 'counter-busy', details: { number: 'A012' } })
    expect(sent).toBe(1)
  })

  it('says that it does not know when the connection stays away', async () => {
    const result = await sendCommand({ ready: () => Promise.resolve(null) }, () => Promise.resolve(1))
    expect(result).toMatchObject({ ok: false, code: 'DISCONNECTED' })
  })
})

describe('toRefusal', () => {
  it('reads each typed error of the contract', () => {
    expect(toRefusal(new ORPCError('INVALID', { status: 422, data: { field: 'phone' } }))).toMatchObject({ code: 'INVALID', reason: 'phone' })
    expect(toRefusal(new ORPCError('HUB_UNREACHABLE', { status: 503, data: { since: 5 } }))).toMatchObject({ code: 'HUB_UNREACHABLE', details: { since: '5' } })
    expect(toRefusal(new ORPCError('INTERNAL_SERVER_ERROR'))).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(toRefusal(new Error('socket closed'))).toBeNull()
  })
})

it('waits longer each time, to 8 s, and never all screens at once', () => {
  expect([0, 1, 2, 10].map((attempt) => backoff(attempt, () => 1))).toEqual([250, 500, 1000, 8000])
  expect(backoff(10, () => 0)).toBe(4000)
})
