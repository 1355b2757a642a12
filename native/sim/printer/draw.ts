import { Lexer } from './lexer.ts'
import { Machine, type FinishedSheet } from './machine.ts'

/** Draws what a printer of this width would put on paper for these bytes, without any connection. */
export function drawJob(bytes: Uint8Array, widthDots: number, dpi: number): { readonly png: Buffer; readonly lines: readonly string[] } {
  const sheets: FinishedSheet[] = []
  const machine = new Machine(widthDots, dpi, (sheet) => sheets.push(sheet))
  const port = { answer: () => undefined, busy: () => undefined }
  for (const token of new Lexer().push(bytes)) machine.receive(token, port)
  machine.finish()
  const [first] = sheets
  if (!first) throw new Error('nothing was printed')
  return { png: first.strip.toPng(), lines: first.lines }
}
