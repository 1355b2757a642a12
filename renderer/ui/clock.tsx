import { formatClock } from '../i18n/format.ts'

/** Wall clock of the office, `09:18` or `09:18:05`, in equal digits unless it stands still at 40 px or more. */
export function Clock({ now, seconds = false, className = 'num' }: { readonly now: number; readonly seconds?: boolean; readonly className?: string }) {
  return (
    <time className={className} dateTime={new Date(now).toISOString()}>
      {formatClock(now, seconds)}
    </time>
  )
}
