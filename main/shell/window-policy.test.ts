import { expect, test } from 'vitest'
import { contentSecurityPolicy, forbiddenSwitches, isForbiddenKey, isOwnAddress, isShared, maySaveFiles, sharedScale, tileBounds, webPreferences } from './window-policy.ts'

const origin = 'http://127.0.0.1:8080'

test('a window has no Node, is isolated and sandboxed', () => {
  expect(webPreferences).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
    webviewTag: false,
  })
})

test('the policy allows no foreign origin, no eval, no frame around it', () => {
  const policy = contentSecurityPolicy(origin)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("connect-src 'self' ws://127.0.0.1:8080;")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe-eval|\*|script-src[^;]*unsafe/)
})

test.each([
  ['http://127.0.0.1:8080/kiosk.html#t=x', true],
  ['http://127.0.0.1:80801/', false],
  ['http://127.0.0.1:8080.evil.example/', false],
  ['http://127.0.0.1:8080@evil.example/', false],
  ['https://127.0.0.1:8080/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['', false],
])('own address %s: %s', (address, own) => expect(isOwnAddress(address, origin)).toBe(own))

test('debugging and unsandboxing switches are found however they are written', () => {
  const bad = ['--remote-debugging-port=9222', '--remote-debugging-pipe', '--inspect', '--inspect-brk=0', '-inspect=1', '--js-flags=--expose-gc', '--no-sandbox']
  expect(forbiddenSwitches(['motcua', ...bad, '--data', '/srv/inspect', '--inspector-like'])).toEqual(bad)
  expect(forbiddenSwitches(['--no-sandbox', '--inspect'], ['no-sandbox'])).toEqual(['--inspect'])
})

test('a scanned code cannot press Ctrl+P at the kiosk; a clerk can press Alt+G', () => {
  const none = { control: false, alt: false, meta: false }
  expect(isForbiddenKey('kiosk', { ...none, key: 'p', control: true })).toBe(true)
  expect(isForbiddenKey('touchpad', { ...none, key: 'F12' })).toBe(true)
  expect(isForbiddenKey('kiosk', { ...none, key: '8' })).toBe(false)
  expect(isForbiddenKey('kiosk', { ...none, key: 'F' })).toBe(false)
  expect(isForbiddenKey('counter', { ...none, key: 'g', alt: true })).toBe(false)
  expect([maySaveFiles('kiosk'), maySaveFiles('counter')]).toEqual([false, true])
})

test('the kiosk stands upright, the others share the rest without overlapping', () => {
  const area = { x: 0, y: 24, width: 1920, height: 1056 }
  expect(Object.fromEntries(tileBounds(['kiosk', 'counter', 'board', 'touchpad'], area))).toEqual({
    kiosk: { x: 0, y: 24, width: 594, height: 1056 },
    counter: { x: 594, y: 24, width: 1326, height: 528 },
    board: { x: 594, y: 552, width: 663, height: 528 },
    touchpad: { x: 1257, y: 552, width: 663, height: 528 },
  })
  expect(tileBounds(['kiosk'], area).get('kiosk')).toEqual(area)
  expect(tileBounds(['counter', 'board'], area).get('board')).toEqual({ x: 960, y: 24, width: 960, height: 1056 })
})

test('windows that share a display are smaller, one alone is not', () => {
  expect(sharedScale(1056)).toBe(0.55)
  expect(sharedScale(2160)).toBe(1)
  expect(isShared({ fullscreen: false, beside: ['kiosk', 'board'] })).toBe(true)
  expect(isShared({ fullscreen: false, beside: ['kiosk'] })).toBe(false)
  expect(isShared({ fullscreen: true, beside: ['kiosk', 'board'] })).toBe(false)
})
