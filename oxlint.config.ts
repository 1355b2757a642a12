import { defineConfig } from 'oxlint'

/** What `npm run lint` refuses. The layers are in lint/layers.ts; why oxlint: docs/decisions/0001-lint.md. */
export default defineConfig({
  plugins: ['typescript', 'import', 'react', 'unicorn', 'promise', 'oxc'],
  jsPlugins: ['./lint/plugin.ts'],
  categories: { correctness: 'error', suspicious: 'off' },
  ignorePatterns: ['dist', 'node_modules', 'out', 'data', 'test-results', 'playwright-report'],
  options: { typeAware: true },
  rules: {
    'motcua/layers': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    // Spreading a string into its code points is what a driver and a font builder mean.
    'typescript/no-misused-spread': 'off',
    'no-unused-vars': 'error',
    'no-eval': 'error',
    'no-implied-eval': 'error',
    'no-empty': 'error',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'max-lines': ['error', { max: 400 }],
  },
  overrides: [{ files: ['*.config.ts', 'lint/plugin.ts', 'test/e2e/support/build-screens.ts'], rules: { 'import/no-default-export': 'off' } }],
})
