import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { announceHub, findHubs } from './discovery.ts'

/** A UDP port that nobody has, so that the hubs of other tests are not heard. */
async function freePort(): Promise<{ readonly port: number; readonly give: () => Promise<void> }> {
  const socket = createSocket({ type: 'udp4', reuseAddr: false })
  socket.bind(0)
  await once(socket, 'listening')
  return { port: socket.address().port, give: () => new Promise((resolve) => socket.close(() => resolve())) }
}

it('another program held the port of mDNS alone: the hub ended, and so did the search for one', async () => {
  const { port, give } = await freePort()
  onTestFinished(give)
  const failed = new Promise<Error>((resolve) => onTestFinished(announceHub('sảnh', 7470, resolve, port)))
  expect(await failed).toMatchObject({ code: 'EADDRINUSE' })
  expect(await findHubs(50, port)).toEqual([])
})

const network = Object.values(networkInterfaces()).some((ones) => ones?.some((one) => one.family === 'IPv4' && !one.internal))
it.skipIf(!network)(`a hub that announces itself is found under its address${network ? '' : ' (skipped: this machine has no network card)'}`, async () => {
  const { port, give } = await freePort()
  await give()
  onTestFinished(announceHub('sảnh', 7471, (error) => expect.fail(error.message), port))
  await expect.poll(() => findHubs(100, port)).toMatchObject([{ name: 'sảnh', url: expect.stringMatching(/^https:\/\/\d+\.\d+\.\d+\.\d+:7471$/) as string }])
})
