/** Which kind of screen a connection belongs to. A procedure names the audiences that may call it; nobody else can. */
export type Audience = 'kiosk' | 'counter' | 'board' | 'touchpad' | 'supervisor' | 'follow' | 'station'

/** What a procedure says of itself beside its shapes. */
export interface ProcedureMeta {
  readonly audience: readonly Audience[]
}

/** First message on a WebSocket, before anything else. The token never travels in a URL that a server sees. */
export interface Hello {
  readonly token: string
}

/** The station's answer to `Hello`. */
export type Welcome =
  | { readonly ok: true; readonly audience: Audience; readonly counter: number | null; readonly station: string; readonly sample: boolean; readonly version: string }
  | { readonly ok: false; readonly code: 'unauthorised' }
