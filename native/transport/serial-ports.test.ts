import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'
import { openTransport } from './open.ts'
import { listSerialPorts, listSysPorts, type SerialPortInfo } from './serial-ports.ts'
import { lastingName, parseUsbId, portsWith } from './usb-id.ts'

let dir = ''
let children: ChildProcess[] = []
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'ports-'))))
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
}

/** A tty of a made-up /sys, laid out as Linux lays it out. */
function tty(name: string, device: string, files: Readonly<Record<string, string>> = {}): void {
  mkdirSync(join(dir, device), { recursive: true })
  mkdirSync(join(dir, 'class/tty', name), { recursive: true })
  symlinkSync(join(dir, device), join(dir, 'class/tty', name, 'device'))
  write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`class/tty/${name}/${file}`, text])))
}

describe('what is plugged in, read from /sys', () => {
  beforeEach(() => {
    write({
      'devices/usb1/1-2/idVendor': '0403\n', 'devices/usb1/1-2/idProduct': '6001\n', 'devices/usb1/1-2/serial': 'A50285BI\n', 'devices/usb1/1-2/manufacturer': 'FTDI\n',
      'devices/usb1/1-3/idVendor': '1A86\n', 'devices/usb1/1-3/idProduct': '7523\n',
      'devices/usb1/1-4.1/idVendor': '1a86\n', 'devices/usb1/1-4.1/idProduct': '7523\n',
    })
    tty('ttyUSB0', 'devices/usb1/1-2/1-2:1.0/ttyUSB0')
    tty('ttyUSB1', 'devices/usb1/1-3/1-3:1.0/ttyUSB1')
    tty('ttyUSB2', 'devices/usb1/1-4.1/1-4.1:1.0/ttyUSB2')
    tty('ttyS0', 'devices/pnp0/00:01', { type: '4\n' })
    tty('ttyS1', 'devices/platform/serial8250', { type: '0\n' })
    mkdirSync(join(dir, 'class/tty/tty1'), { recursive: true })
  })

  it('USB adapters with their numbers, ports of the board that are there, no consoles', async () => {
    const ports = await listSysPorts(join(dir, 'class/tty'))
    expect(ports.map((port) => port.path)).toEqual(['/dev/ttyS0', '/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/ttyUSB2'])
    expect(ports[1]).toEqual({ path: '/dev/ttyUSB0', manufacturer: 'FTDI', serialNumber: 'A50285BI', vendorId: '0403', productId: '6001', location: '1-2:1.0' })
    expect(ports[2]).toMatchObject({ vendorId: '1a86', productId: '7523', serialNumber: null })
  })

  it('each gets a name that lasts and leads back to it alone', async () => {
    const ports = await listSysPorts(join(dir, 'class/tty'))
    expect(ports.map((port) => lastingName(port, ports))).toEqual(['/dev/ttyS0', 'usb=0403:6001:A50285BI', 'usb=1a86:7523@1-3:1.0', 'usb=1a86:7523@1-4.1:1.0'])
    for (const port of ports.slice(1)) {
      const id = parseUsbId(lastingName(port, ports)) ?? expect.fail('no id')
      expect(portsWith(id, ports)).toEqual([port])
    }
  })

  it('a machine that tells nothing has no ports; listing this one never throws', async () => {
    expect(await listSysPorts(join(dir, 'none'))).toEqual([])
    expect(Array.isArray(await listSerialPorts())).toBe(true)
  })
})

describe('a device by its identity', () => {
  const adapter = (path: string, serialNumber: string | null): SerialPortInfo => ({ path, serialNumber, manufacturer: null, vendorId: '0403', productId: '6001', location: null })
  const open = (address: string, ports: readonly SerialPortInfo[]) => openTransport(address, { ports: () => Promise.resolve(ports) })

  async function pty(name: string): Promise<string> {
    const path = join(dir, name)
    children.push(spawn('socat', [`PTY,link=${path},rawer,echo=0`, 'EXEC:cat'], { stdio: 'ignore' }))
    for (let tries = 0; !existsSync(path) && tries < 6_000; tries++) await sleep(5)
    return path
  }

  it('is found wherever it is plugged in today', async () => {
    const address = 'serial:usb=0403:6001:A1?baud=115200'
    for (const path of [await pty('first'), await pty('second')]) {
      const transport = await open(address, [adapter(await pty('other'), 'B2'), adapter(path, 'A1')])
      let heard = ''
      transport.onData((bytes) => (heard += Buffer.from(bytes).toString()))
      await transport.write(Buffer.from(path))
      await expect.poll(() => heard).toBe(path)
      await transport.close()
    }
  })

  it('unplugged is not found, two alike are not guessed between', async () => {
    await expect(open('serial:usb=0403:6001:A1', [])).rejects.toMatchObject({ code: 'not-found' })
    await expect(open('serial:usb=0403:6001', [adapter('/dev/a', null), adapter('/dev/b', null)])).rejects.toMatchObject({ code: 'ambiguous' })
  })

  it.each(['usb=', 'usb=403:6001', 'usb=0403:6001:', 'usb=0403:6001:%zz', 'usb=xyzw:0000'])('%s is no address', (name) => {
    expect(() => parseAddress(`serial:${name}`)).toThrow('bad-address')
  })

  it('odd serial numbers survive the address', () => {
    const port: SerialPortInfo = { ...adapter('/dev/x', 'Số 1?&@'), location: '1-2:1.0' }
    const { path } = parseAddress(`serial:${lastingName(port, [port])}?baud=9600`) as { path: string }
    expect(parseUsbId(path)?.serial).toBe('Số 1?&@')
  })
})
