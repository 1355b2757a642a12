import { actorOf, api } from './base.ts'
import type { ApiParts } from './parts.ts'

/** What is held of a person, and forgetting them: for the head of the office, who answers a person's request. */
export function personRouter(parts: ApiParts) {
  return {
    export: api.person.export.handler(({ input, context }) => parts.persons.export(actorOf(context.session), input.idNumber)),
    erase: api.person.erase.handler(async ({ input, context }) => {
      const { codes, drafts, everywhere } = await parts.persons.erase(actorOf(context.session), input.idNumber)
      return { dossiers: codes.length, drafts, everywhere }
    }),
  }
}
