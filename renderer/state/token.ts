/** Each page of the station keeps its own token, for this tab only: a reload works, a closed tab forgets. A browser that was paired keeps it for good. */
const storageKey = () => `motcua.token:${location.pathname}`
const isPaired = (token: string) => token.startsWith('mcs_')

/** The token of `#t=…`, moved into the tab's storage and out of the address bar (so that no photo or history shows it); null when there is none. */
export function takeToken(): string | null {
  const fromHash = new URLSearchParams(location.hash.slice(1)).get('t')
  if (fromHash !== null && fromHash !== '') {
    const storage = isPaired(fromHash) ? localStorage : sessionStorage
    storage.setItem(storageKey(), fromHash)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return sessionStorage.getItem(storageKey()) ?? localStorage.getItem(storageKey())
}
