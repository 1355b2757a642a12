import { Command } from 'commander'
import { registerCentral } from './central.ts'
const program = new Command('motcua').option('--json').option('--lang <l>')
registerCentral(program)
await program.parseAsync()
