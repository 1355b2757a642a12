/**
 * What `/assets/page.js` says: every five seconds the words of the page are exchanged in place, so that the reading position, the
 * focus and a screen reader stay where they are; a reload every five seconds would begin anew. Central being away changes nothing shown.
 */
export const refreshScript = `const renew = async () => {
  const answer = await fetch('/')
  if (!answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of ['header', 'main']) {
    const [old, next] = [document.querySelector(part), fresh.querySelector(part)]
    if (old && next && old.innerHTML !== next.innerHTML) old.replaceChildren(...next.childNodes)
  }
}
setInterval(() => renew().catch(() => undefined), 5000)
`
