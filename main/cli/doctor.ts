import type { Command } from 'commander'
import { dataFolder } from '#shell/data-folder.ts'
import { checkConfiguredDevices, checkSerialPorts } from './doctor-devices.ts'
import { checkData, checkRuntime, checkTools, checkWindows, type Check } from './doctor-machine.ts'

interface DoctorOptions {
  readonly data?: string
  readonly config?: string
  readonly devices?: boolean
  readonly json?: boolean
}

/** `motcua doctor`: what of this machine is in order, and what a technician must see to. Exit 1 when something is not. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('kiểm tra máy này, --devices thêm các thiết bị')
    .option('--data <folder>', 'thư mục dữ liệu của máy này')
    .option('--config <file>', 'tệp cấu hình')
    .option('--devices', 'mở thử từng thiết bị trong cấu hình')
    .option('--json', 'in một đối tượng JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<DoctorOptions>()
      const checks = await examine(options)
      const ok = checks.every((check) => check.ok)
      process.stdout.write(options.json ? `${JSON.stringify({ ok, checks })}\n` : checks.map(asLine).join(''))
      if (!ok) process.exitCode = 1
    })
}

/** All checks, in the order in which a technician would ask. Looks at everything even when the first thing is wrong. */
export async function examine(options: DoctorOptions): Promise<Check[]> {
  return [
    ...checkRuntime(),
    ...checkFolder(options.data),
    ...checkWindows(),
    ...checkTools(),
    ...(await checkSerialPorts()),
    ...(options.devices ? await checkConfiguredDevices(dataFolder(options.data), options.config) : []),
  ]
}

/** A folder that can't even be made is a finding, not the end of the examination. */
function checkFolder(given: string | undefined): Check[] {
  try {
    return checkData(dataFolder(given))
  } catch (error) {
    return [{ name: 'data', ok: false, detail: error instanceof Error ? error.message : String(error) }]
  }
}

function asLine({ name, ok, detail }: Check): string {
  return `${ok ? 'ổn      ' : 'cần xem '} ${name.padEnd(10)} ${detail}\n`
}
