/** Screens that a station shows on its own machine. */
export type ScreenKind = 'kiosk' | 'counter' | 'board' | 'touchpad' | 'supervisor'

export interface WindowOptions {
  /** Covers the whole display, without frame or address bar. It is no lock-down: docs/kiosk-lockdown.md. */
  readonly fullscreen: boolean
  /** Places a window that isn't full screen beside its sisters. */
  readonly tile?: { readonly index: number; readonly count: number }
}

/**
 * Keeps small secrets (keys) under the protection of the operating system's user account.
 * There is no plaintext variant: where the system offers nothing, a host has no SecretBox.
 */
export interface SecretBox {
  /** Ciphertext that only this account on this machine can open. */
  seal(secret: string): Uint8Array
  /** Throws when the bytes were sealed by another account or machine. */
  open(sealed: Uint8Array): string
}

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
}
