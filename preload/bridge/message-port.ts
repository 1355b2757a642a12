import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { StationClient } from '#contract/index.ts'
import { readWelcome, type Connection } from './connection.ts'

/** The browser's MessagePort, named so that this file also type-checks for Node. */
export type Port = InstanceType<typeof MessagePort>

/** What Electron's preload script puts on `window`: a port to the station's process, already authorised by it. */
export interface MotcuaWindow {
  readonly motcua?: { readonly port: () => Promise<Port> }
}

/** Over the port of the station's own window: the station greets first (no token: the window is its own), then oRPC. */
export async function connectMessagePort(port: Port): Promise<Connection> {
  const greeting = new Promise<unknown>((resolve) => {
    port.addEventListener('message', (event: object) => resolve('data' in event ? event.data : null), { once: true })
  })
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }))
  port.start()
  // A port that the station closes instead of greeting (it starts anew just now) is tried again like any lost connection.
  const welcome = readWelcome(await Promise.race([greeting, closed.then(() => null)]))
  const client: StationClient = createORPCClient(new RPCLink({ port }))
  return { welcome, client, closed, close: () => port.close() }
}
