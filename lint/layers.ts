/**
 * Who may import whom. This table is the one of `docs/design.md`, read by the lint rule `motcua/layers`, so a forbidden
 * import is an error of `npm run lint` and not a remark in a review.
 */

/** One row: the folder (or single file, by path prefix), what it may import as values, and what as `import type` only. */
export interface Layer {
  readonly path: string
  readonly may: readonly string[] | 'all'
  readonly types?: readonly string[]
  /** `none`: not even npm packages. `no-node`: packages, but no `node:` modules (it runs in a browser). */
  readonly packages?: 'none' | 'no-node'
}

const logic = ['main/domain', 'main/journal', 'main/views', 'main/vault', 'main/catalogue', 'main/forms']
/** The domain is pure, so whoever stands further out may also compute with it. */
const outward = ['main/usecases', 'main/views', 'main/domain', 'preload/contract', 'main/sync/protocol']

/** The longest matching path wins, so `main/sync/protocol` is a row of its own inside `main/sync`. */
export const layers: readonly Layer[] = [
  { path: 'main/domain', may: [], packages: 'none' },
  { path: 'preload/contract', may: [], types: ['main/domain'], packages: 'no-node' },
  // The one piece of the domain that runs in a screen: a look-up at each key press can't wait for the network.
  { path: 'preload/contract/search', may: ['main/domain'], packages: 'no-node' },
  { path: 'preload', may: ['preload/contract'] },
  { path: 'native', may: [] },
  { path: 'native/sim', may: [] },
  { path: 'main/catalogue', may: ['main/domain'] },
  { path: 'main/forms', may: ['main/domain'] },
  { path: 'main/journal', may: ['main/domain', 'main/journal/chain'] },
  // What makes events a chain is the same wherever they are: at a station, on the way, at central.
  { path: 'main/journal/chain', may: ['main/domain'] },
  { path: 'main/views', may: ['main/domain'], types: ['main/journal'] },
  { path: 'main/vault', may: ['main/domain'] },
  { path: 'main/usecases', may: logic, types: ['native'] },
  { path: 'main/effects', may: logic, types: ['native'] },
  { path: 'main/api', may: [...outward, 'main/catalogue', 'main/forms'], types: ['main/effects'] },
  { path: 'main/lan', may: [...outward, 'preload'] },
  { path: 'main/shell', may: outward },
  { path: 'main/sync', may: outward },
  // What comes down is checked by the catalogue's own schemas, at central and at the station.
  { path: 'main/sync/protocol', may: ['main/domain', 'main/catalogue', 'main/journal/chain'] },
  { path: 'renderer', may: ['preload', 'preload/contract', 'preload/contract/search'], types: ['main/domain'], packages: 'no-node' },
  { path: 'central', may: ['main/domain', 'main/journal/chain', 'main/sync/protocol'] },
  // Composition, tools and tests see every part.
  { path: 'main', may: 'all' },
  { path: 'test', may: 'all' },
  { path: 'build', may: 'all' },
  { path: 'lint', may: 'all' },
]

/** Packages that belong to a few places: whoever else imports them ties the station to a window system or a screen. */
export const confined: readonly { readonly packages: RegExp; readonly allowed: RegExp; readonly why: string }[] = [
  {
    packages: /^electron(\/|$)/,
    allowed: /^(main\/shell\/electron|preload\/electron)\.ts$/,
    why: 'the station runs without Electron; only main/shell/electron.ts and preload/electron.ts import it',
  },
  { packages: /^react(-dom|-aria-components)?(\/|$)/, allowed: /^(renderer|test)\//, why: 'React belongs to the screens in renderer/' },
]

/** The row a file of the repository belongs to; `path` is relative to the root, with forward slashes. */
export function layerOf(path: string): Layer | undefined {
  let found: Layer | undefined
  for (const layer of layers) {
    const inside = path.startsWith(`${layer.path}/`) || path === `${layer.path}.ts`
    if (inside && layer.path.length > (found?.path.length ?? 0)) found = layer
  }
  return found
}
