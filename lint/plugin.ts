import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkImport } from './check-import.ts'

/** The part of the syntax tree and of oxlint's plugin interface that this rule reads (ESTree, ESLint-compatible). */
interface Source {
  readonly type: string
  readonly value?: unknown
}
interface Importing {
  readonly source: Source | null
  readonly importKind?: string
  readonly exportKind?: string
}
interface Context {
  readonly filename: string
  report(problem: { readonly node: Source; readonly message: string }): void
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** Reports every way one file can reach another: import, re-export, `import()` and `import('…').Type`. */
function create(context: Context): Record<string, (node: Importing) => void> {
  const file = relative(root, context.filename).split(sep).join('/')
  const check = (source: Source | null, typeOnly: boolean): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return
    const message = checkImport(file, source.value, typeOnly)
    if (message) context.report({ node: source, message })
  }
  return {
    ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => check(node.source, false),
    TSImportType: (node) => check(node.source, true),
  }
}

export default { meta: { name: 'motcua' }, rules: { layers: { create } } }
