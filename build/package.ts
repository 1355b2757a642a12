import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { buildScreens, root, screensAreStale } from '#cli/checkout.ts'
import { electronBinary, electronSource, electronVersion, whyNotFetchable } from '#cli/electron-binary.ts'
import { buildAppTree } from './app-tree.ts'

/** The installers' own folder, the one of electron-builder.yml; what else lies in out/ (a demo's papers) is not ours to clear. */
const installers = join(root, 'out/package')

/** `npm run package`: installers of this system into out/package. Says why when it can't be done, before doing anything else. */
async function main(): Promise<number> {
  const reason = electronBinary() ? undefined : await whyNotFetchable()
  if (reason !== undefined) {
    process.stderr.write(
      `Chưa đóng gói được: bộ cài cần tệp chương trình Electron ${electronVersion()}, và máy này chưa tải được từ ${electronSource()}\n` +
        `(${reason}).\n` +
        'Mời chạy lại trên máy có Internet, hoặc đặt biến ELECTRON_MIRROR trỏ tới một kho nội bộ có tệp đó.\n' +
        'Bản chạy không đóng gói vẫn dùng được: npm start.\n',
    )
    return 1
  }
  if (screensAreStale()) await buildScreens()
  await buildAppTree()
  rmSync(installers, { recursive: true, force: true })
  const platform = Platform.current()
  const files = await build({ targets: platform.createTarget(undefined, Arch.x64), config: 'electron-builder.yml', publish: 'never', projectDir: root })
  process.stdout.write(`${files.join('\n')}\n`)
  return smokeTest()
}

/** The packed program starts, finds its parts in the archive and knows its version. */
function smokeTest(): number {
  const program = { win32: 'win-unpacked/motcua.exe', linux: 'linux-unpacked/motcua' }[String(process.platform)]
  if (program === undefined) return 0
  const root0 = process.platform === 'linux' && process.getuid?.() === 0
  const { status, stdout, stderr } = spawnSync(join(installers, program), ['doctor', '--json', ...(root0 ? ['--no-sandbox'] : [])], { encoding: 'utf8', timeout: 60_000 })
  process.stdout.write(stdout)
  if (status === 0) return 0
  process.stderr.write(`Chương trình đã đóng gói chưa chạy được (mã ${status}).\n${stderr}`)
  return 1
}

process.exitCode = await main()
