#!/usr/bin/env node
// Plain ES on purpose: any Node 14 or later parses this file. It hands over to main/cli.ts, which needs Node 24
// (type stripping), and finds that Node in the npm package `node` when the machine's own is older.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const cli = new URL('../main/cli.ts', import.meta.url)
const bundled = fileURLToPath(new URL(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url))

// The channel carries nothing: it breaks when this process is killed, and the other ends with it (main/cli/starter.ts).
function handOver() {
  const child = spawn(bundled, [fileURLToPath(cli), ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)))
  // A signal that ended the child must end this process too, not be caught by the relays above.
  child.on('exit', () => ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => process.removeAllListeners(signal)))
}

if (Number(process.versions.node.split('.')[0]) >= 24) await import(cli.href)
else if (existsSync(bundled)) handOver()
else {
  process.stderr.write(`Một Cửa cần Node 24 trở lên, máy này có ${process.versions.node}. Mời chạy "npm ci" trong thư mục này rồi thử lại.\n`)
  process.exit(1)
}
