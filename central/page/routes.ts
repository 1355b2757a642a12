import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Database } from '../database/port.ts'
import { summarise } from '../summary.ts'
import { renderPage } from './render.ts'
import { refreshScript } from './refresh.ts'
import { css } from './style.ts'

const require = createRequire(import.meta.url)
const fonts = new Map([
  ['be-vietnam-pro-400.ttf', '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'],
  ['be-vietnam-pro-600.ttf', '@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf'],
])

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#155b48" d="M4 2h12v28H4z"/><path fill="#f8cd60" d="M16 2h12v28H16z"/></svg>`

/** The same figures serve everyone who looks within this time, ms, so that watchers cost the database nothing more. */
const freshMs = 1_500

/** The page `/` and what it needs. */
export function pageRoutes(app: FastifyInstance, db: Database, now: () => number): void {
  let page: { readonly at: number; readonly text: Promise<string> } | null = null
  const current = (): Promise<string> => {
    const at = now()
    if (page && Math.abs(at - page.at) < freshMs) return page.text
    const text = summarise(db, null, at).then(renderPage)
    page = { at, text }
    text.catch(() => (page = null))
    return text
  }
  app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.type('text/html; charset=utf-8').send(await current()))
  app.get('/assets/page.css', { schema: { hide: true } }, (_request, reply) => asset(reply, 'text/css; charset=utf-8', css))
  app.get('/assets/page.js', { schema: { hide: true } }, (_request, reply) => asset(reply, 'text/javascript; charset=utf-8', refreshScript))
  app.get('/assets/icon.svg', { schema: { hide: true } }, (_request, reply) => asset(reply, 'image/svg+xml', icon))
  app.get<{ Params: { name: string } }>('/assets/:name', { schema: { hide: true } }, async (request, reply) => {
    const file = fonts.get(request.params.name)
    return file ? asset(reply, 'font/ttf', await readFile(require.resolve(file))) : reply.callNotFound()
  })
}

function asset(reply: FastifyReply, type: string, body: string | Buffer): FastifyReply {
  return reply.type(type).header('cache-control', 'public, max-age=86400').send(body)
}
