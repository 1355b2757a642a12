import { closeSync, fsyncSync, openSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** An open file of Emscripten's NODEFS; `nfd` is the real descriptor, absent for folders. */
interface Stream {
  readonly nfd?: number
  readonly node: unknown
}

interface EmscriptenModule {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: Stream) => number }; realPath(node: unknown): string }
}

/**
 * PGlite's folder with a real fsync. As shipped, NODEFS has none (the call does nothing) and PGlite starts PostgreSQL with
 * fsync off, so that an acknowledged commit could be lost, or the folder damaged, when the power goes.
 */
export class DurableNodeFS extends NodeFS {
  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options)
    const patch = (module: unknown): void => {
      const { NODEFS } = module as EmscriptenModule
      NODEFS.stream_ops.fsync = (stream) => {
        syncFile(stream, (node) => NODEFS.realPath(node))
        return 0
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), patch] } }
  }
}

function syncFile(stream: Stream, realPath: (node: unknown) => string): void {
  if (stream.nfd !== undefined) return fsyncSync(stream.nfd)
  const folder = openSync(realPath(stream.node), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
