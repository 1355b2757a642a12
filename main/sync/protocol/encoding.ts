import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { maxPlainBytes } from './messages.ts'

/** How a body is compressed, as in the header Content-Encoding. */
export type Encoding = 'zstd' | 'br' | 'gzip' | 'identity'

/** `small` takes about four times as long as `quick` and saves a tenth of the bytes. */
export type Effort = 'quick' | 'small'

interface Codec {
  readonly pack: (plain: Uint8Array, effort: Effort) => Promise<Buffer>
  readonly unpack: (packed: Uint8Array) => Promise<Buffer>
}

/** The larger the pieces that come out, the fewer the ways between the thread that (un)packs and this one. */
const pieces = { chunkSize: 256 * 1024 }
const limit = { ...pieces, maxOutputLength: maxPlainBytes }
const brotli = promisify(zlib.brotliCompress)
const unbrotli = promisify(zlib.brotliDecompress)
const gzip = promisify(zlib.gzip)
const gunzip = promisify(zlib.gunzip)

function zstdCodec(): Codec {
  const compress = promisify(zlib.zstdCompress)
  const decompress = promisify(zlib.zstdDecompress)
  return {
    pack: (plain, effort) => compress(plain, { ...pieces, params: { [zlib.constants.ZSTD_c_compressionLevel]: effort === 'small' ? 9 : 3 } }),
    unpack: (packed) => decompress(packed, limit),
  }
}

const codecs: Partial<Record<Encoding, Codec>> = {
  // Node before 22.15 has no zstd.
  ...(typeof zlib.zstdCompress === 'function' ? { zstd: zstdCodec() } : {}),
  br: {
    pack: (plain, effort) => brotli(plain, { ...pieces, params: { [zlib.constants.BROTLI_PARAM_QUALITY]: effort === 'small' ? 6 : 4 } }),
    unpack: (packed) => unbrotli(packed, limit),
  },
  gzip: { pack: (plain) => gzip(plain, { ...pieces, level: 1 }), unpack: (packed) => gunzip(packed, limit) },
  identity: { pack: async (plain) => Buffer.from(plain), unpack: async (packed) => Buffer.from(packed) },
}

/** Encodings that this runtime reads and writes, best first. */
export const encodings: readonly Encoding[] = (['zstd', 'br', 'gzip', 'identity'] as const).filter((name) => codecs[name])

/** The best encoding that both sides have. */
export function bestEncoding(theirs: readonly string[]): Encoding {
  return encodings.find((mine) => theirs.includes(mine)) ?? 'identity'
}

export async function compress(encoding: Encoding, plain: Uint8Array, effort: Effort = 'quick'): Promise<Buffer> {
  const codec = codecs[encoding]
  if (!codec) throw new Error(`this runtime can't write ${encoding}`)
  return codec.pack(plain, effort)
}

/** The plain bytes, or why not: an encoding we don't have, damage, or more than `maxPlainBytes` when unpacked. */
export async function decompress(
  encoding: string | undefined,
  packed: Uint8Array,
): Promise<{ readonly plain: Buffer } | { readonly code: 'unsupported-encoding' | 'malformed' | 'too-large' }> {
  const named = encodings.find((name) => name === (encoding?.trim().toLowerCase() || 'identity'))
  const codec = named && codecs[named]
  if (!codec) return { code: 'unsupported-encoding' }
  try {
    return { plain: await codec.unpack(packed) }
  } catch (error) {
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return { code: tooLarge ? 'too-large' : 'malformed' }
  }
}
