/** The page's style sheet, served as a file: the CSP allows no inline styles. Colours and type of the design system (ui/README.md). */
export const css = `
@font-face { font-family: 'Be Vietnam Pro'; font-weight: 400; font-display: swap; src: url('/assets/be-vietnam-pro-400.ttf') format('truetype') }
@font-face { font-family: 'Be Vietnam Pro'; font-weight: 600; font-display: swap; src: url('/assets/be-vietnam-pro-600.ttf') format('truetype') }
:root {
  --bg: #fbf9f4; --surface: #fff; --text: #1b1814; --text-2: #453f35; --rule: #d3cab7;
  --who: #155b48; --where: #f8cd60; --danger: #7b1e10; --danger-line: #9b2817; --danger-bg: #fdf2ef; --ok: #155b48;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #15130f; --surface: #1e1b17; --text: #f4f0e6; --text-2: #cfc6b4; --rule: #4a443a;
    --danger: #f3baad; --danger-line: #e88e7b; --danger-bg: #33140e; --ok: #7cb499;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.45 'Be Vietnam Pro', sans-serif }
header { display: flex; align-items: center; gap: 12px; height: 56px; padding: 0 32px; background: var(--surface); border-bottom: 1px solid var(--rule) }
header b { font-weight: 600 }
header span { color: var(--text-2) }
header time { margin-left: auto; color: var(--text-2) }
.leaves { display: flex }
.leaves i { width: 11px; height: 26px; background: var(--who) }
.leaves i + i { background: var(--where) }
main { max-width: 1360px; margin: 0 auto; padding: 32px }
h1 { margin: 0 0 8px; font-size: 42px; line-height: 1.38; font-weight: 600; letter-spacing: -.02em; text-wrap: balance }
h1 + p { margin: 0 0 32px; font-size: 18px; color: var(--text-2) }
h2 { margin: 40px 0 8px; font-size: 18px; font-weight: 600 }
dl { display: grid; grid-template-columns: repeat(4, 1fr); margin: 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule) }
dl div { padding: 16px 20px }
dl div + div { border-left: 1px solid var(--rule) }
dt { color: var(--text-2) }
dd { margin: 0; font-size: 27px; line-height: 1.4; font-weight: 600; white-space: nowrap }
dd small { display: block; font-size: 13px; line-height: 1.45; font-weight: 400; color: var(--text-2) }
table { width: 100%; border-collapse: collapse; background: var(--surface); border: 1px solid var(--rule) }
th { padding: 8px 16px; text-align: left; font-weight: 600; color: var(--text-2); border-bottom: 1px solid var(--rule) }
td { padding: 12px 16px; vertical-align: top; border-bottom: 1px solid var(--rule) }
tr:last-child td { border-bottom: 0 }
td small { display: block; font-size: 13px; color: var(--text-2) }
.n { text-align: right; white-space: nowrap }
.ok { color: var(--ok); font-weight: 600 }
.lost { color: var(--danger); font-weight: 600 }
.alert { margin: 16px 0 0; padding: 12px 16px; border-left: 4px solid var(--danger-line); background: var(--danger-bg); color: var(--danger) }
.empty { margin: 16px 0; padding: 24px; border: 1px dashed var(--rule) }
code { font: inherit; font-weight: 600 }
#lost { margin: 0; padding: 12px 28px; background: #2b2620; color: #ffffff; font-weight: 600 }
#lost[hidden] { display: none }
footer { margin-top: 40px; color: var(--text-2); font-size: 13px }
@media (max-width: 900px) { main { padding: 16px } h1 { font-size: 27px } dl { grid-template-columns: 1fr 1fr } dl div { border: 0 } .wide { overflow-x: auto } }
`
