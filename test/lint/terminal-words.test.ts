import { expect, it } from 'vitest'
import { terminalReasons } from '#native/terminal/reason.ts'
import { terminal } from '#renderer/i18n/vi/terminal.ts'

it('every reason of a card terminal has a sentence for the clerk', () => {
  expect(terminalReasons.filter((reason) => !(`reason.${reason}` in terminal))).toEqual([])
})
