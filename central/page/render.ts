import type { OfficeSummary, Summary } from '../summary.ts'
import { vietnamClock, vietnamDay } from '../vietnam-time.ts'
import { html, type Markup } from './html.ts'
import * as words from './words.ts'

/** Without a sign of life for this long an office counts as lost, ms: three idle hellos. */
const lostAfterMs = 30_000

/** The whole page. Its words are renewed every five seconds, without a script by loading it again. */
export function renderPage(summary: Summary): string {
  const { at, offices } = summary
  const connected = offices.filter((office) => isConnected(office, at)).length
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<noscript><meta http-equiv="refresh" content="5"></noscript>
<title>${words.title}</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/page.css">
<script type="module" src="/assets/page.js"></script>
</head>
<body>
<header><div class="leaves"><i></i><i></i></div><b>Một Cửa</b><span>${words.place}</span><time>${vietnamClock(at)} · ${words.date(vietnamDay(at))}</time></header>
<p id="lost" role="status" hidden>${words.noAnswer}</p>
<main>
<h1>${words.headline(connected, offices.filter((office) => !office.revoked).length)}</h1>
<p>${words.behind(offices.filter((office) => !office.revoked && !isConnected(office, at)).map((office) => office.name))}</p>
${figures(offices)}
${offices.map((office) => alerts(office))}
<h2>${words.officesTitle}</h2>
${offices.length === 0 ? html`<p class="empty">${words.noOffices} <code>motcua central enrol</code></p>` : table(offices, at)}
<footer>${words.footer}</footer>
</main>
</body>
</html>`.markup
}

function isConnected(office: OfficeSummary, at: number): boolean {
  return !office.revoked && office.lastContact !== null && at - office.lastContact <= lostAfterMs
}

function figures(offices: readonly OfficeSummary[]): Markup {
  const sum = (pick: (office: OfficeSummary) => number): number => offices.reduce((total, office) => total + pick(office), 0)
  const one = (label: string, value: string, note: string): Markup => html`<div><dt>${label}</dt><dd>${value}<small>${note}</small></dd></div>`
  return html`<dl>
${one(words.dossiers, words.number(sum((office) => office.dossiersToday)), words.inAll(words.number(sum((office) => office.dossiers))))}
${one(words.tickets, words.number(sum((office) => office.ticketsToday)), words.inAll(words.number(sum((office) => office.tickets))))}
${one(words.paid, words.money(sum((office) => office.paidToday)), words.inAll(words.money(sum((office) => office.paid))))}
${one(words.events, words.number(sum((office) => office.events)), words.fromStations(sum((office) => office.origins)))}
</dl>`
}

function alerts(office: OfficeSummary): Markup {
  const refused = office.refusals.map((note) => html`<p class="alert"><b>${office.name}:</b> ${words.refused(note.origin, note.code)} ${words.since(vietnamClock(note.firstAt))}</p>`)
  const kept = office.quarantined > 0 ? [html`<p class="alert"><b>${office.name}:</b> ${words.quarantined(office.quarantined)}</p>`] : []
  return html`${[...refused, ...kept]}`
}

function table(offices: readonly OfficeSummary[], at: number): Markup {
  return html`<div class="wide"><table>
<thead><tr><th>${words.office}</th><th>${words.contact}</th><th class="n">${words.events}</th><th class="n">${words.lag}</th><th class="n">${words.ticketsShort}</th><th class="n">${words.dossiersShort}</th><th class="n">${words.paidShort}</th></tr></thead>
<tbody>${offices.map((office) => row(office, at))}</tbody>
</table></div>`
}

function row(office: OfficeSummary, at: number): Markup {
  return html`<tr>
<td>${office.name}<small>${office.office}</small></td>
<td>${contact(office, at)}</td>
<td class="n">${words.number(office.events)}<small>${words.fromStations(office.origins)}</small></td>
<td class="n">${office.lagMs === null ? '–' : words.duration(office.lagMs)}</td>
<td class="n">${words.number(office.ticketsToday)}<small>${words.inAll(words.number(office.tickets))}</small></td>
<td class="n">${words.number(office.dossiersToday)}<small>${words.inAll(words.number(office.dossiers))}</small></td>
<td class="n">${words.money(office.paidToday)}<small>${words.inAll(words.money(office.paid))}</small></td>
</tr>`
}

function contact(office: OfficeSummary, at: number): Markup {
  if (office.revoked) return html`<span class="lost">${words.revoked}</span>`
  if (office.lastContact === null) return html`${words.never}`
  const ago = html`<small>${words.ago(at - office.lastContact)}</small>`
  return isConnected(office, at) ? html`<span class="ok">${words.connected}</span>${ago}` : html`<span class="lost">${words.lost(vietnamClock(office.lastContact))}</span>${ago}`
}
