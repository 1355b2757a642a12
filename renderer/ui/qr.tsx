import { useMemo } from 'react'
import { create } from 'qrcode'

/** Modules of white around the code that readers need. */
const quiet = 4

/** Path of the black modules, one rectangle a run, in module units. */
function modulesPath(text: string, level: 'L' | 'M' | 'Q'): { readonly size: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: level })
  const runs: string[] = []
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (modules.get(y, x) === 0) continue
      let end = x
      while (end + 1 < modules.size && modules.get(y, end + 1) !== 0) end++
      runs.push(`M${x + quiet} ${y + quiet}h${end - x + 1}v1h-${end - x + 1}z`)
      x = end
    }
  }
  return { size: modules.size + 2 * quiet, path: runs.join('') }
}

/**
 * A QR code as SVG, always black on white, quiet zone of 4 modules included. It fits within `size` px with whole px a module
 * (so edges stay sharp), at least `minModule`; `label` is read aloud.
 */
export function Qr(props: { readonly text: string; readonly size: number; readonly label: string; readonly minModule?: number; readonly level?: 'L' | 'M' | 'Q' }) {
  const { size, path } = useMemo(() => modulesPath(props.text, props.level ?? 'M'), [props.text, props.level])
  const px = Math.max(props.minModule ?? 3, Math.floor(props.size / size)) * size
  return (
    <svg className="mc-qr" width={px} height={px} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={props.label}>
      <path d={path} fill="#000000" />
    </svg>
  )
}
