const louvres = [12.5, 27, 42, 56.5]

/** The door with two leaves: a green shutter with louvres and a yellow leaf. `onBar` is the white door for dark bars. */
export function Logo({ size, onBar = false }: { readonly size: number; readonly onBar?: boolean }) {
  return (
    <svg className="mc-logo" width={size} height={(size * 81) / 74} viewBox="0 0 74 81" aria-hidden="true">
      <rect width="74" height="81" rx="8" fill={onBar ? '#ffffff' : '#155b48'} />
      {louvres.map((y) => (
        <rect key={y} x="11" y={y} width="23" height="8" fill={onBar ? '#0b372c' : '#ffffff'} />
      ))}
      <rect x="40.5" y="13" width="22" height="68" fill="#efb632" />
    </svg>
  )
}
