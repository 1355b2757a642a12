import { InvalidArgumentError, type Command } from 'commander'
import type { ScreenKind } from '#shell/host.ts'

export const screenKinds: readonly ScreenKind[] = ['kiosk', 'counter', 'board', 'touchpad', 'supervisor']

/** What `start` and the Electron program understand alike. */
export interface StartOptions {
  readonly data?: string
  readonly config?: string
  readonly port?: number
  /** No window, whatever the machine could show. */
  readonly headless?: boolean
  /** Windows with a frame also where the configuration means full screen. */
  readonly windowed?: boolean
  /** Only these screens. */
  readonly screens?: readonly ScreenKind[]
  /** False: the system's browser even where Electron is there. */
  readonly electron: boolean
  readonly json?: boolean
}

function toPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('0–65535')
  return port
}

function toScreens(text: string): ScreenKind[] {
  return text.split(',').map((name) => {
    const kind = screenKinds.find((known) => known === name.trim())
    if (!kind) throw new InvalidArgumentError(screenKinds.join(', '))
    return kind
  })
}

/** Puts the options of `start` on a command. */
export function addStartOptions(command: Command): Command {
  return command
    .option('--data <folder>', 'thư mục dữ liệu của máy này')
    .option('--config <file>', 'tệp cấu hình')
    .option('--port <number>', 'cổng nghe, 0 là cổng trống bất kỳ', toPort)
    .option('--headless', 'không mở cửa sổ, chỉ in địa chỉ')
    .option('--windowed', 'cửa sổ có khung thay cho toàn màn hình')
    .option('--screens <list>', `chỉ mở các màn hình này: ${screenKinds.join(',')}`, toScreens)
    .option('--no-electron', 'dùng trình duyệt của máy')
    .option('--json', 'in một dòng JSON khi đã sẵn sàng')
}
