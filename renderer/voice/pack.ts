/** A folder of clips and its `pack.json` (renderer/public/voice/README.md). */
export interface VoicePack {
  readonly version: 1
  readonly name: string
  readonly lang: string
  readonly clips: Readonly<Record<string, { readonly file: string; readonly text: string }>>
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
/** Only files of the folder itself: a pack comes from a memory stick. */
const isFile = (name: unknown): name is string => typeof name === 'string' && /^[\w-]+(\.[\w-]+)+$/.test(name)

/** Checks a `pack.json`. A clip that is not well formed is left out, so that a bad line costs one word; null when it is no pack at all. */
export function parsePack(json: unknown): VoicePack | null {
  if (!isRecord(json) || json['version'] !== 1 || !isRecord(json['clips'])) return null
  const clips = Object.entries(json['clips']).flatMap(([id, clip]) => {
    if (!isRecord(clip) || !isFile(clip['file'])) return []
    return [[id, { file: clip['file'], text: typeof clip['text'] === 'string' ? clip['text'] : '' }] as const]
  })
  const text = (key: string) => (typeof json[key] === 'string' ? json[key] : '')
  return { version: 1, name: text('name'), lang: text('lang'), clips: Object.fromEntries(clips) }
}

/** Reads `pack.json` of a folder; null when there is none or it can't be read. */
export async function loadPack(folder: string): Promise<VoicePack | null> {
  try {
    const answer = await fetch(`${folder}/pack.json`)
    return answer.ok ? parsePack(await answer.json()) : null
  } catch {
    return null
  }
}
