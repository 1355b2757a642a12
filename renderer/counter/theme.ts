/** The clerk's colours, kept on this machine. */
export type Theme = 'light' | 'dark' | 'contrast'

const key = 'motcua.counter.theme'
const isTheme = (value: string | null | undefined): value is Theme => value === 'light' || value === 'dark' || value === 'contrast'

/** The theme of the page now. */
export function currentTheme(): Theme {
  const set = document.documentElement.dataset['theme']
  return isTheme(set) ? set : 'light'
}

/** Draws the page in a theme; kept for the next start when the browser lets us store. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem(key, theme)
  } catch (error) {
    console.warn('the theme is not kept', error)
  }
}

/** At start: the theme kept on this machine, else the system's wish for more contrast, else light. */
export function restoreTheme(): void {
  const stored = localStorage.getItem(key)
  document.documentElement.dataset['theme'] = isTheme(stored) ? stored : matchMedia('(prefers-contrast: more)').matches ? 'contrast' : 'light'
}
