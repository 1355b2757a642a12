import { setTimeout as delay } from 'node:timers/promises'
import type { DeviceReport, DeviceTest, DeviceTestOutcome, SelfTestView } from '#contract/self-test.ts'
import type { DeviceView } from '#contract/shared.ts'
import { parseAddress } from '#native/transport/address.ts'
import { listSerialPorts, type SerialPortInfo } from '#native/transport/serial-ports.ts'
import { lastingName, parseUsbId, portsWith } from '#native/transport/usb-id.ts'
import { Refusal } from '#usecases/refusal.ts'
import { onceEach } from './once.ts'

/** A device that can be looked at and tried; one line in `open-station.ts` for each kind. */
export interface TestedDevice {
  readonly id: string
  /** null: simulated, there is no such port. */
  readonly address: string | null
  /** Calls at each change of how it is. */
  readonly onChange: (listener: () => void) => unknown
  /** How it is now, without asking it. */
  readonly view: () => DeviceView
  /** Maker, model and version; may wait for the device. */
  readonly firmware: () => Promise<string | null>
  readonly tests: Readonly<Partial<Record<DeviceTest, () => Promise<DeviceTestOutcome>>>>
}

export interface SelfTest {
  readonly view: () => Promise<SelfTestView>
  /** Tries a device, once a command; refuses a device or a test that there isn't. */
  readonly run: (commandId: string, id: string, test: DeviceTest) => Promise<DeviceTestOutcome>
}

/** A device that is busy printing tells its name later. */
const firmwareMs = 2_500
const tests: readonly DeviceTest[] = ['print', 'drawer', 'beep', 'echo']

/** The port of an address: its path, or its identity on USB. Other addresses (network, PC/SC, by hand) have none. */
function portOf(address: string | null): string | null {
  const target = address?.startsWith('serial:') ? parseAddress(address) : null
  return target?.scheme === 'serial' ? target.path : null
}

/** Where an address by USB identity leads now. */
function pathOf(address: string | null, ports: readonly SerialPortInfo[]): string | null {
  const id = parseUsbId(portOf(address) ?? '')
  return (id && portsWith(id, ports)[0]?.path) ?? null
}

function usedPaths(devices: readonly TestedDevice[], ports: readonly SerialPortInfo[]): ReadonlySet<string | null> {
  return new Set(devices.map(({ address }) => pathOf(address, ports) ?? portOf(address)))
}

/** Looks at the station's devices and tries them, while the station goes on working with them. */
export function openSelfTest(devices: readonly TestedDevice[], now: () => number): SelfTest {
  const errors = new Map<string, { readonly code: string; readonly at: number }>()
  const once = onceEach<DeviceTestOutcome>()
  // what is wrong now can still be told when it is over
  for (const { id, view, onChange } of devices) {
    onChange(() => {
      const { state, code } = view()
      if (state === 'down' && errors.get(id)?.code !== code) errors.set(id, { code, at: now() })
    })
  }
  const report = async (device: TestedDevice, ports: readonly SerialPortInfo[]): Promise<DeviceReport> => ({
    ...device.view(),
    id: device.id,
    address: device.address,
    path: pathOf(device.address, ports),
    firmware: await Promise.race([device.firmware(), delay(firmwareMs, null, { ref: false })]),
    lastError: errors.get(device.id) ?? null,
    tests: tests.filter((test) => device.tests[test]),
  })
  return {
    view: async () => {
      const ports = await listSerialPorts()
      const used = usedPaths(devices, ports)
      const free = ports.filter((port) => port.vendorId !== null && !used.has(port.path))
      return {
        devices: await Promise.all(devices.map((device) => report(device, ports))),
        freePorts: free.map((port) => ({ path: port.path, address: `serial:${lastingName(port, ports)}`, maker: port.manufacturer })),
      }
    },
    run: async (commandId, id, test) => {
      const work = devices.find((device) => device.id === id)?.tests[test]
      if (!work) throw new Refusal('no-such-test')
      return once(commandId, work)
    },
  }
}
