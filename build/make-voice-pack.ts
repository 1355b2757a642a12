/**
 * Makes the default voice pack, `renderer/public/voice`: every `text` of its `pack.json` (a test holds it to renderer/voice/words.ts) spoken by Debian's espeak-ng (voice vi), silence cut,
 * levels evened, mono Opus. Needs espeak-ng, sox and ffmpeg: `apt-get install espeak-ng sox ffmpeg`, then `node build/make-voice-pack.ts`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const out = join(import.meta.dirname, '..', 'renderer', 'public', 'voice')
const work = mkdtempSync(join(tmpdir(), 'motcua-voice-'))
const run = (command: string, args: readonly string[]) => execFileSync(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })

/** Cuts silence at one end; sox does the other end on the reversed sound. */
const trim = ['silence', '1', '0.005', '0.4%'] as const
/** No click where a clip begins or ends. */
const ramp = ['fade', 'q', '0.006'] as const
/** Breath left after a clip, seconds: digits are told apart, a phrase runs into the number. */
const tail = (id: string) => (id === 'moi-so' || id === 'den-quay' ? '0.05' : '0.09')

/** Two falling bell tones, 660 and 523 Hz, 0.9 s in all. */
function makeChime(wav: string): void {
  const tone = (hertz: number, file: string, seconds: string) =>
    run('sox', ['-R', '-n', '-r', '48000', '-c', '1', file, 'synth', seconds, 'sine', String(hertz), 'sine', String(hertz * 2.76), 'remix', '1v0.85,2v0.15', 'fade', 'h', '0.005', seconds, seconds, 'gain', '-n', '-6'])
  const first = join(work, 'ding.wav')
  const second = join(work, 'dong.wav')
  tone(659.25, first, '0.36')
  tone(523.25, second, '0.5')
  run('sox', ['-R', first, second, wav])
}

function makeWord(id: string, text: string, wav: string): void {
  const raw = join(work, `${id}.raw.wav`)
  run('espeak-ng', ['-v', 'vi', '-s', id === 'moi-so' || id === 'den-quay' ? '150' : '130', '-p', '42', '-a', '120', '-w', raw, text])
  run('sox', ['-R', raw, '-r', '48000', '-c', '1', wav, ...trim, ...ramp, 'reverse', ...trim, ...ramp, 'reverse', 'gain', '-n', '-3', 'pad', '0', tail(id)])
}

const { clips } = JSON.parse(readFileSync(join(out, 'pack.json'), 'utf8')) as { clips: Record<string, { file: string; text: string }> }
for (const [id, { file, text }] of Object.entries(clips)) {
  const wav = join(work, `${id}.wav`)
  if (id === 'chime') makeChime(wav)
  else makeWord(id, text, wav)
  run('ffmpeg', ['-v', 'error', '-y', '-i', wav, '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact', '-c:a', 'libopus', '-b:a', '32k', '-ac', '1', join(out, file)])
}
rmSync(work, { recursive: true })
const bytes = readdirSync(out).reduce((sum, name) => sum + statSync(join(out, name)).size, 0)
process.stdout.write(`${Object.keys(clips).length} clips, ${Math.round(bytes / 1000)} kB\n`)
