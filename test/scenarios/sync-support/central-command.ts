import { Command } from 'commander'
import { registerCentral } from '#cli/central.ts'

/** `motcua central …` alone, as a process of its own. */
const program = new Command('motcua').option('--json').option('--lang <lang>')
registerCentral(program)
await program.parseAsync()
