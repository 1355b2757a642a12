import type { Connection } from './connection.ts'
import { connectMessagePort, type MotcuaWindow } from './message-port.ts'
import { connectWebSocket } from './websocket.ts'

/** The one way to a station: the window's own message port in Electron, else a WebSocket to the host that served the page. */
export async function connect(options: { readonly url: string; readonly token: string }): Promise<Connection> {
  const own = (globalThis as unknown as MotcuaWindow).motcua
  if (own !== undefined) return connectMessagePort(await own.port())
  return connectWebSocket(options.url, options.token)
}
