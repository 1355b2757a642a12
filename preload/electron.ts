import { contextBridge, ipcRenderer } from 'electron'

/**
 * The only script of ours that runs before a page in Electron. It hands the page one thing, `window.motcua.port()`: a
 * MessagePort to the station, on which the contract is spoken (preload/bridge/message-port.ts). No channel names, no ipcRenderer.
 *
 * A MessagePort can't pass the context bridge as a value, only be posted to the window; so the waiting for it is put into the
 * page's own world.
 */

ipcRenderer.on('motcua:port', (event) => window.postMessage('motcua:port', window.location.origin, [...event.ports]))

contextBridge.executeInMainWorld({
  func: (ask: () => void) => {
    const port = (): Promise<MessagePort> =>
      new Promise((resolve) => {
        const receive = (event: MessageEvent): void => {
          const [given] = event.ports
          if (event.source !== window || event.data !== 'motcua:port' || !given) return
          window.removeEventListener('message', receive)
          resolve(given)
        }
        window.addEventListener('message', receive)
        ask()
      })
    Object.defineProperty(window, 'motcua', { value: Object.freeze({ port }) })
  },
  args: [() => ipcRenderer.send('motcua:port')],
})
