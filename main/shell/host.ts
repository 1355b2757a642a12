/** Screens that a station shows on its own machine. */
export type ScreenKind = 'kiosk' | 'counter' | 'board' | 'touchpad' | 'supervisor'

export interface WindowOptions {
  /** Covers the whole display, without frame or address bar. It is no lock-down: docs/kiosk-lockdown.md. */
  readonly fullscreen: boolean
  /** All screens that share the display, this one among them: each gets its place. */
  readonly beside?: readonly ScreenKind[]
}

/**
 * Keeps small secrets (keys) under the protection of the operating system's user account.
 * There is no plaintext variant: where the system offers nothing, a host has no SecretBox.
 */
export interface SecretBox {
  /** Ciphertext that only this account on this machine can open. */
  seal(secret: string): Promise<Uint8Array>
  /** Rejects when the bytes were sealed by another account or machine. */
  open(sealed: Uint8Array): Promise<string>
}

/** One end of a message channel into a window of this process (Electron's MessagePortMain). */
export interface WindowPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start(): void
  close(): void
}

/** Serves the contract to one of the station's own windows; its kind is known for certain, so it needs no token. */
export type ServeWindow = (port: WindowPort, kind: ScreenKind) => void

/** What surrounds the station on one machine: windows, the session's keyring, the end of it. */
export interface Host {
  readonly name: 'electron' | 'chromium'
  /** Shows one screen; a second call for the same kind brings its window to the front. Rejects when no window came up. */
  openWindow(kind: ScreenKind, url: string, options: WindowOptions): Promise<void>
  /** Brings what is open to the front: somebody started the program a second time. */
  focus(): Promise<void>
  /** Closes the windows; the station itself is closed by whoever started it. */
  quit(): Promise<void>
  /** Resolves when the person has closed the last window. */
  readonly closed: Promise<void>
  readonly secrets?: SecretBox
  /** Has windows speak on a message port instead of a WebSocket. Call it before the first window. */
  serveWindows?(serve: ServeWindow): void
}
