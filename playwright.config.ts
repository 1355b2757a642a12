import { defineConfig } from '@playwright/test'
import { findBrowser, hasDisplay } from '#shell/find-browser.ts'

const executablePath = findBrowser()

/** No sandbox in containers, no calls home: the same pages must give the same pictures on every machine. */
const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]

/** End-to-end tests in the machine's own browser (`e2e`), and in Electron where its binary is (`electron`). */
export default defineConfig({
  testDir: 'test',
  globalSetup: './test/e2e/support/build-screens.ts',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // Generous, as in vitest.config.ts.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: process.env['MOTCUA_PLAYWRIGHT_JSON'] ? [['line'], ['json', { outputFile: process.env['MOTCUA_PLAYWRIGHT_JSON'] }]] : [['line']],
  use: {
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    trace: 'retain-on-failure',
    launchOptions: { args: chromiumFlags, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: 'e2e', testMatch: 'e2e/**/*.{spec,test}.ts' },
    { name: 'electron', testMatch: 'electron/**/*.spec.ts', metadata: { display: hasDisplay() } },
  ],
})
