/**
 * Error codes by layer. The code is the same in the log, on the wire and in the message catalogue (`error.<code>`).
 * An expected refusal is one of these; anything else is a bug and arrives as INTERNAL_SERVER_ERROR.
 */
export const errorCodes = {
  REFUSED: { status: 409 },
  UNAUTHORISED: { status: 401 },
  FORBIDDEN: { status: 403 },
  HUB_UNREACHABLE: { status: 503 },
  NOT_SAVED: { status: 500 },
  INVALID: { status: 422 },
} as const

export type ErrorCode = keyof typeof errorCodes
