import type { Command } from 'commander'
import { namedFolder } from '#shell/data-folder.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'
import { personMessages } from './person-messages.ts'
import { openPersonOffice, PersonOfficeError, type PersonOffice } from './person-office.ts'

interface Options {
  readonly id: string
  readonly data?: string
}

/** `motcua person export|erase --id N`: exit 1 when there is no journal or it can't be read, 2 for a number that is none. */
export function registerPerson(program: Command): void {
  const words = personMessages.vi
  const person = program.command('person').description(words.description)
  const add = (name: string, description: string) => person.command(name).description(description).requiredOption('--id <number>', words.idOption).option('--data <folder>', words.dataOption)

  add('export', words.exporting).action((options: Options, command: Command) =>
    ask(options, command, async (office, say, id) => {
      const found = await office.export(id)
      const count = (list: unknown) => (Array.isArray(list) ? list.length : 0)
      return [found, say.exported(count(found['dossiers']), count(found['drafts']))]
    }),
  )
  add('erase', words.erasing).action((options: Options, command: Command) =>
    ask(options, command, async (office, say, id) => {
      const done = await office.erase(id)
      return [{ ok: true, ...done, notIncluded: ['backups'] }, say.erased(done.dossiers, done.drafts, done.everywhere)]
    }),
  )
}

type Asking = (office: PersonOffice, say: (typeof personMessages)['vi'], id: string) => Promise<readonly [data: unknown, text: string]>

async function ask(options: Options, command: Command, work: Asking): Promise<void> {
  const globals = globalsOf(command)
  const say = personMessages[globals.lang]
  const id = options.id.replace(/[\s.-]/g, '').toUpperCase()
  if (!/^(\d{12}|\d{9}|[A-Z]{1,2}\d{6,8})$/.test(id)) misuse(command, say.badId(options.id))
  const folder = namedFolder(options.data)
  const office = await openPersonOffice(folder).catch((error: unknown) => {
    if (!(error instanceof PersonOfficeError)) throw error
    return refuse(error.reason === 'locked' ? say.locked : say[error.reason](folder))
  })
  try {
    answer(globals, ...(await work(office, say, id)))
  } finally {
    await office.close()
  }
}
