import { useLayoutEffect, useState } from 'react'

export interface Paged<Item> {
  /** Give it to the list's element as `ref`. */
  readonly attach: (box: HTMLDivElement | null) => void
  readonly shown: readonly Item[]
  readonly page: number
  readonly pages: number
  readonly turn: (by: 1 | -1) => void
}

/** How many rows of `rowHeight` with `gap` fit into `height`; at least one. */
export function rowsThatFit(height: number, rowHeight: number, gap: number): number {
  return Math.max(1, Math.floor((height + gap) / (rowHeight + gap)))
}

/** Shows as many items as fit into the element it is attached to, and turns pages instead of scrolling. A new `key` starts at the first page. */
export function usePaged<Item>(items: readonly Item[], rowHeight: number, gap: number, key: string): Paged<Item> {
  const [box, attach] = useState<HTMLDivElement | null>(null)
  const [fit, setFit] = useState(1)
  const [place, setPlace] = useState({ key, page: 0 })
  useLayoutEffect(() => {
    if (box === null) return undefined
    const style = getComputedStyle(box)
    const padding = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom)
    const measure = () => setFit(rowsThatFit(box.clientHeight - padding, rowHeight, gap))
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [box, rowHeight, gap])
  const pages = Math.max(1, Math.ceil(items.length / fit))
  const page = place.key === key ? Math.min(place.page, pages - 1) : 0
  return {
    attach,
    shown: items.slice(page * fit, (page + 1) * fit),
    page,
    pages,
    turn: (by) => setPlace({ key, page: Math.max(0, Math.min(pages - 1, page + by)) }),
  }
}
