import { receiptSlip } from '#effects/slips/receipt.ts'
import { sampleReceipt, sampleTicket } from '#effects/slips/samples.ts'
import { ticketSlip } from '#effects/slips/ticket.ts'
import { encodeSlip } from '#native/printer/encode.ts'
import { printerProfiles, type PrinterProfile } from '#native/printer/profile.ts'
import type { Slip } from '#native/printer/slip.ts'
import { row, type Row } from './figure.ts'

/** A byte on an 8N1 line is ten bits. */
const bitsPerByte = 10
const bauds = [9_600, 115_200] as const
/** Bytes of a ticket on a serial line (limits.md, P2). */
const ticketAtMost = { text: 2_000, raster: 20_000 } as const

const slips: readonly { readonly name: string; readonly slip: Slip }[] = [
  { name: 'ticket', slip: ticketSlip(sampleTicket) },
  { name: 'receipt', slip: receiptSlip(sampleReceipt) },
]

/** What it may be at most: the ticket as P2 says; the receipt, for which P2 has no figure, less than the same slip as one picture. */
function bytesAtMost(profile: PrinterProfile, { name, slip }: (typeof slips)[number]): number {
  if (name !== 'ticket') return encodeSlip(slip, profile, 'designed').length
  return profile.tcvn && profile.symbols ? ticketAtMost.text : ticketAtMost.raster
}

/** Bytes of the standard slips on a serial line, and how long they keep it busy: with 8N1 and no pauses, to which the driver adds three status questions. */
export function wireTimes(): readonly Row[] {
  return printerProfiles.flatMap((profile) =>
    slips.flatMap((one) => {
      const bytes = encodeSlip(one.slip, profile, 'text').length
      const most = bytesAtMost(profile, one)
      const id = `${one.name}.${profile.id}`
      const drawn = profile.tcvn && profile.symbols ? 'as text' : 'Vietnamese lines as pictures'
      return [
        row(`P2.bytes.${id}`, `${one.name} on serial, ${drawn}`, bytes, 'B', { atMost: most }),
        ...bauds.map((baud) => row(`P2.wire.${id}.${baud}`, `${one.name} at ${baud} baud`, (bytes * bitsPerByte) / baud, 's', { atMost: Number(((most * bitsPerByte) / baud).toPrecision(3)) })),
      ]
    }),
  )
}
