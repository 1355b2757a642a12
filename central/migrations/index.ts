import { sql as offices } from './0001-offices-events-projections.ts'
import { sql as partitions } from './0002-partitions.ts'
import { sql as downstream } from './0010-downstream.ts'
import { sql as foreign } from './0020-foreign.ts'
import { sql as terminalQr } from './0030-terminal-qr.ts'
import { sql as ticketOrigins } from './0040-ticket-origins.ts'
import { sql as foreignDue } from './0050-foreign-due.ts'
import { sql as settled } from './0060-settled.ts'

/** Schema changes in order; the n-th brings the database to schema n. Never edit one that was released: add the next. */
export const migrations: readonly string[] = [offices, partitions, downstream, foreign, terminalQr, ticketOrigins, foreignDue, settled]
