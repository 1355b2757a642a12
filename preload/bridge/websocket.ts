import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { Hello } from '#contract/audience.ts'
import type { StationClient } from '#contract/index.ts'
import { readWelcome, type Connection } from './connection.ts'

/** How long the station may take to greet, ms. */
const greetingTime = 8000

/** The socket's first message as text; rejects when it closes or stays silent. */
function firstMessage(socket: WebSocket): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The station did not answer in time')), greetingTime)
    const answer = (event: { readonly data: unknown }) => {
      clearTimeout(timer)
      resolve(event.data)
    }
    const gone = () => {
      clearTimeout(timer)
      reject(new Error('The station closed the connection'))
    }
    socket.addEventListener('message', answer, { once: true })
    socket.addEventListener('close', gone, { once: true })
  })
}

/**
 * Opens `url`, says `Hello` with the token as the first message (never in the address), and after the `Welcome` speaks oRPC over the
 * same socket. `open` makes the socket where it is not the platform's own (a pinned certificate). Rejects with `Unauthorised` when the token is unknown, with another error when the station can't be reached.
 */
export async function connectWebSocket(url: string, token: string, open = (address: string) => new WebSocket(address)): Promise<Connection> {
  const socket = open(url)
  const hello: Hello = { token }
  socket.addEventListener('open', () => socket.send(JSON.stringify(hello)), { once: true })
  try {
    const welcome = readWelcome(await firstMessage(socket))
    const client: StationClient = createORPCClient(new RPCLink({ websocket: socket }))
    // Listens after the link: whoever hears that the socket is gone must find every call rejected, else giving one up would be sent into the void.
    const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve(), { once: true }))
    return { welcome, client, closed, close: () => socket.close() }
  } catch (error) {
    socket.close()
    throw error
  }
}
