import type { Command } from 'commander'
import { formatDateVi } from '#domain/local-time.ts'
import type { Scan, VietQr, WrongVietQr } from '#native/reader/scan.ts'
import { openScanner, type Scanner } from '#native/reader/scanner.ts'
import { parseAddress } from '#native/transport/address.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'

interface ListenOptions {
  readonly to: string
  readonly count?: string
  readonly timeout?: string
}

const texts = {
  vi: {
    address: 'Địa chỉ máy quét chưa đúng',
    number: 'Mời cho một số dương',
    listening: 'Đang nghe máy quét. Mời quét.',
    lost: 'Mất nối máy quét, tự nối lại khi có máy',
    fewer: 'Hết giờ chờ, số mã đã đọc',
    notThere: 'Chưa nối được máy quét. Mời xem dây, tên cổng, và chương trình khác có đang giữ cổng không',
  },
  en: {
    address: 'Not an address of a scanner',
    number: 'Give a positive number',
    listening: 'Listening. Scan something.',
    lost: 'The scanner is gone, connecting again when it is back',
    fewer: 'Time is up, codes read',
    notThere: 'The scanner can not be reached. Check its cable, the port, and whether another program holds it',
  },
} as const

/** A scanner that isn't there at the start is tried for this long when no time-out was given. */
const patienceMs = 5_000

function forPeople(scan: Scan): string {
  switch (scan.kind) {
    case 'cccd':
      return `thẻ  ${scan.id}  ${scan.fullName}  ${formatDateVi(scan.dob)}  ${scan.sex === 'male' ? 'Nam' : 'Nữ'}  ${scan.address}  ${scan.warnings.join(' ')}`.trimEnd()
    case 'dossier':
      return `hồ sơ  ${scan.code}`
    case 'mrz':
      return `MRZ  ${scan.format}  ${scan.documentNumber}  ${scan.personalNumber ?? ''}  ${scan.surname} ${scan.givenNames}  ${scan.valid ? '' : scan.problems.join(' ')}`.trimEnd()
    case 'other':
      return scan.vietqr ? payment(scan.vietqr) : `khác  ${scan.text}`
    case 'invalid':
      return `chưa đúng  ${scan.reason}`
  }
}

const payment = (vietqr: VietQr | WrongVietQr): string =>
  'bin' in vietqr ? `VietQR  ${vietqr.bin}  ${vietqr.account}  ${vietqr.amount ?? ''}  ${vietqr.purpose ?? ''}`.trimEnd() : `VietQR chưa đúng  ${vietqr.problem}`

interface Ending {
  readonly scanner: Scanner
  readonly count: number | null
  readonly timeoutMs: number | null
  readonly print: (scan: Scan) => void
  readonly note: (state: 'connected' | 'lost') => void
}

/** Listens until enough was read, time is up, a signal comes, or the scanner was never there. */
function untilDone({ scanner, count, timeoutMs, print, note }: Ending): Promise<{ readonly read: number; readonly why: 'done' | 'time' | 'not-there' }> {
  return new Promise((resolve) => {
    let read = 0
    let met = false
    const timers: NodeJS.Timeout[] = []
    const end = (why: 'done' | 'time' | 'not-there') => {
      timers.forEach(clearTimeout)
      process.off('SIGINT', stop).off('SIGTERM', stop)
      void scanner.close().then(() => resolve({ read, why }))
    }
    const stop = () => end('done')
    process.once('SIGINT', stop).once('SIGTERM', stop)
    if (timeoutMs !== null) timers.push(setTimeout(() => end(met ? 'time' : 'not-there'), timeoutMs))
    else timers.push(setTimeout(() => met || end('not-there'), patienceMs))
    scanner.onStatus(({ state }) => {
      met ||= state === 'connected'
      if (state === 'connected' || (state === 'lost' && met)) note(state)
    })
    scanner.onScan((scan) => {
      if (count !== null && read >= count) return
      print(scan)
      read++
      if (read === count) end('done')
    })
  })
}

/** `motcua reader listen`; returns the `reader` command for what else hangs under it. */
export function registerReader(program: Command): Command {
  const reader = program.command('reader').description('máy quét và đầu đọc thẻ')
  reader
    .command('listen')
    .description('in những gì máy quét đọc được')
    .requiredOption('--to <address>', 'serial:… hoặc tcp://…')
    .option('--count <n>', 'dừng sau số mã này')
    .option('--timeout <seconds>', 'dừng sau số giây này')
    .action(async (options: ListenOptions, command: Command) => {
      const globals = globalsOf(command)
      const t = texts[globals.lang]
      const positive = (text: string | undefined, whole: boolean) => {
        if (text === undefined) return null
        const value = Number(text)
        return value > 0 && value < 1e6 && (!whole || Number.isInteger(value)) ? value : misuse(command, `${t.number}: ${text}`)
      }
      const count = positive(options.count, true)
      const seconds = positive(options.timeout, false)
      try {
        parseAddress(options.to)
      } catch {
        misuse(command, `${t.address}: ${options.to}`)
      }
      const { read, why } = await untilDone({
        scanner: openScanner({ address: options.to, retryMs: 500 }),
        count,
        timeoutMs: seconds === null ? null : seconds * 1000,
        print: (scan) => answer(globals, scan, forPeople(scan)),
        note: (state) => process.stderr.write(`${state === 'connected' ? t.listening : t.lost}\n`),
      })
      if (why === 'not-there') refuse(`${t.notThere}: ${options.to}`)
      if (count !== null && read < count) refuse(`${t.fewer}: ${read}/${count}`)
    })
  return reader
}
