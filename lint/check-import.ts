import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, normalize, sep } from 'node:path'
import { confined, layerOf, type Layer } from './layers.ts'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { imports: Record<string, string> }

/** `#domain/x.ts` → `main/domain/x.ts`, by the longest alias of package.json "imports". */
function unalias(specifier: string): string | undefined {
  const prefixes = Object.entries(manifest.imports).map(([alias, to]) => [alias.replace(/\*$/, ''), to.replace(/^\.\/|\*$/g, '')] as const)
  const hit = prefixes.filter(([alias]) => specifier.startsWith(alias)).toSorted((a, b) => b[0].length - a[0].length)[0]
  return hit && hit[1] + specifier.slice(hit[0].length)
}

/** Tests stand outside the table: they put a driver before its simulator, a use case before a real journal. */
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file)

function checkPackage(file: string, layer: Layer | undefined, specifier: string): string | undefined {
  const rule = confined.find(({ packages, allowed }) => packages.test(specifier) && !allowed.test(file))
  if (rule) return `'${specifier}': ${rule.why}.`
  if (isTest(file)) return undefined
  if (layer?.packages === 'none') return `${layer.path} imports nothing, not '${specifier}': hand the value in as an argument.`
  if (layer?.packages === 'no-node' && isBuiltin(specifier)) return `${layer.path} runs in a browser and has no '${specifier}'.`
  return undefined
}

function checkInside(file: string, from: Layer, specifier: string, typeOnly: boolean): string | undefined {
  const relative = specifier.startsWith('.')
  const target = relative ? normalize(join(dirname(file), specifier)).split(sep).join('/') : unalias(specifier)
  if (target === undefined) return `'${specifier}' is no alias of package.json "imports".`
  const to = layerOf(target)
  if (to === from) return undefined
  if (relative && to) return `'${specifier}' leaves ${from.path}: import another layer by its alias (#…), see lint/layers.ts.`
  if (from.may === 'all' || to === undefined || isTest(file)) return undefined
  if (from.may.includes(to.path)) return undefined
  if (from.types?.includes(to.path)) return typeOnly ? undefined : `${from.path} may import types of ${to.path} only: write 'import type'.`
  return `${from.path} may not import ${to.path} ('${specifier}'), see lint/layers.ts.`
}

/**
 * Judges one import.
 * @param file the importing file, relative to the root with forward slashes
 * @param typeOnly nothing of it remains at run time
 * @returns what is wrong with it, or undefined when it is allowed
 */
export function checkImport(file: string, specifier: string, typeOnly: boolean): string | undefined {
  const layer = layerOf(file)
  const ours = specifier.startsWith('.') || specifier.startsWith('#')
  if (!ours) return checkPackage(file, layer, specifier)
  return layer && checkInside(file, layer, specifier, typeOnly)
}
