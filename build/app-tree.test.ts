import { expect, test } from 'vitest'
import { toJavaScript } from './app-tree.ts'

test('types go, lines stay, and what is loaded by path is found under its new name', () => {
  const source = [
    `import type { A } from './a.ts'`,
    `import { b } from '#domain/b.ts'`,
    `const worker = new URL("../worker.ts", import.meta.url)`,
    `const lazy: Promise<unknown> = import('./c.ts')`,
    `const text = 'not-ours.ts'`,
    `export const profile = new URL('./profiles/x.json', import.meta.url) as A`,
  ].join('\n')
  const lines = toJavaScript(source).split('\n')
  expect(lines[0]?.trim()).toBe('')
  expect(lines[1]).toBe(`import { b } from '#domain/b.js'`)
  expect(lines[2]).toContain('"../worker.js"')
  expect(lines[3]).toContain(`import('./c.js')`)
  expect(lines[4]).toBe(`const text = 'not-ours.ts'`)
  expect(lines[5]).toContain('./profiles/x.json')
})
