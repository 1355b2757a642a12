import { expect, it } from 'vitest'
import { admit, possibleCodes } from './appointment.ts'

const at = (clock: string, day = '2026-11-23') => Date.parse(`${day}T${clock}+07:00`)
const slot = at('09:30:00')

it.each([
  ['08:59:59', null],
  ['09:00:00', 'appointment'],
  ['09:30:00', 'appointment'],
  ['09:45:00', 'appointment'],
  ['09:45:01', null],
  ['00:00:00', null],
  ['23:59:59', null],
])('who booked 09:30 and comes at %s goes in the lane of %s', (clock, priority) => expect(admit(slot, at(clock))).toEqual({ ok: true, priority }))

it('on another day of the office’s calendar there is no number', () => {
  expect(admit(slot, at('23:59:59', '2026-11-22'))).toEqual({ ok: false, reason: 'appointment-other-day' })
  // 00:10 in Vietnam is still the day before in UTC.
  expect(admit(at('00:10:00'), at('00:05:00'))).toEqual({ ok: true, priority: 'appointment' })
})

it('reads a code alone or inside an address', () => {
  expect(possibleCodes(' LH-0042 ')).toEqual(['LH-0042'])
  expect(possibleCodes('https://dichvucong.gov.vn/hen?ma=LH-0042')).toContain('LH-0042')
})
