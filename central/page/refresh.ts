/**
 * What `/assets/page.js` says: every five seconds the words of the page are exchanged in place, so that the reading position, the
 * focus and a screen reader stay where they are; a reload every five seconds would begin anew. While central is away, the line
 * `#lost` says that what is shown is of the time in the header.
 */
export const refreshScript = `const renew = async () => {
  const answer = await fetch('/', { signal: AbortSignal.timeout(4500) })
  if (!answer.ok) throw new Error(String(answer.status))
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of ['header', 'main']) {
    const [old, next] = [document.querySelector(part), fresh.querySelector(part)]
    if (old && next && old.innerHTML !== next.innerHTML) old.replaceChildren(...next.childNodes)
  }
}
const say = (lost) => { document.getElementById('lost').hidden = !lost }
setInterval(() => renew().then(() => say(false), () => say(true)), 5000)
`
