import { expect, it } from 'vitest'
import { ecrProfiles, findEcrProfile } from './profile.ts'

it.each(ecrProfiles.map((profile) => [profile.id, profile] as const))('%s is a whole dialect', (id, profile) => {
  expect(findEcrProfile(id)).toBe(profile)
  expect(['bcd', 'binary']).toContain(profile.frame.length)
  expect(['bcd', 'binary']).toContain(profile.message.fieldLength)
  expect(profile.message.transport).toMatch(/^60\d{8}$/)
  expect([profile.message.version.length, profile.message.requestCode.length]).toEqual([1, 2])
  expect([0, 2]).toContain(profile.exponent)
  for (const code of Object.values(profile.codes)) expect(code === null || /^\d\d$/.test(code)).toBe(true)
  for (const method of profile.recovery) expect(method === 'last' ? profile.codes.last : profile.codes.inquiry && profile.reference).toBeTruthy()
  // The terminal sends an answer up to nine times, every 2 s: our repetition must fall into that time, while it listens to nothing else.
  expect(profile.times.ackMs * profile.times.tries).toBeLessThan(9 * 2000)
})
it('knows no other', () => {
  expect(findEcrProfile('vietcombank')).toBeNull()
})
