import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { BackupError } from '#central/backup/format.ts'
import { restoreBackup, type Restored } from '#central/backup/restore.ts'
import { writeBackup, type Written } from '#central/backup/write.ts'
import { openAsItIs, type DatabasePlace } from '#central/database/open.ts'
import type { CentralMessages } from './central-messages.ts'
import { perform, place, placeOf, print, type CentralOptions } from './central-options.ts'

/** Adds `central backup` and `central restore`. */
export function registerBackup(central: Command): void {
  place(central.command('backup').description('sao lưu cơ sở dữ liệu của tỉnh vào một tệp, trong lúc máy chủ vẫn chạy'))
    .requiredOption('--out <path>', 'tệp, hoặc thư mục để tự đặt tên theo giờ')
    .option('--verify', 'sau đó khôi phục thử vào nơi tạm và kiểm tra')
    .action(async (_own: unknown, command: Command) => perform(command, backup))
  place(central.command('restore').description('khôi phục từ tệp sao lưu vào cơ sở dữ liệu trống'))
    .requiredOption('--from <file>', 'tệp sao lưu')
    .option('--verify', 'tính lại mọi chuỗi băm và so các bảng; chưa chỉ nơi nào thì khôi phục thử vào nơi tạm rồi bỏ')
    .action(async (_own: unknown, command: Command) => {
      const named = ['data', 'databaseUrl'].some((option) => [command, central].some((one) => one.getOptionValueSource(option) === 'cli'))
      await perform(command, (options, words) => restore(options, words, named))
    })
}

async function backup(options: CentralOptions, words: CentralMessages): Promise<void> {
  const written = await backUp(placeOf(options), options.out)
  if (options.verify) await drill(written.file)
  print(options, { ok: true, ...written, verified: options.verify === true }, words.backedUp(written.file, written.events, written.offices, options.verify === true))
}

/** The source is read as it is: a newer program must not change what an older server works with. */
async function backUp(where: DatabasePlace, out: string): Promise<Written> {
  if (where.url === undefined && !existsSync(join(where.folder, 'pg'))) throw new BackupError('not-central')
  const db = await openAsItIs(where)
  try {
    return await writeBackup(db, out, Date.now())
  } finally {
    await db.close()
  }
}

async function restore(options: CentralOptions, words: CentralMessages, named: boolean): Promise<void> {
  const verified = options.verify === true
  const kept = named || !verified
  const restored = kept ? await restoreTo(placeOf(options), options.from, verified) : await drill(options.from)
  print(options, { ok: true, file: options.from, ...restored, verified, kept }, words.restored(restored.at, restored.events, restored.offices, verified, kept))
}

/** Restores into a temporary place, verifies, and removes it: a backup that was never restored is none. */
async function drill(file: string): Promise<Restored> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-drill-'))
  try {
    return await restoreTo({ folder }, file, true)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function restoreTo(where: DatabasePlace, file: string, verify: boolean): Promise<Restored> {
  const db = await openAsItIs(where)
  try {
    return await restoreBackup(db, file, verify, Date.now())
  } finally {
    await db.close()
  }
}
