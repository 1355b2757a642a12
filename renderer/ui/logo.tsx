/** The door with two leaves: a louvred green shutter and a yellow leaf ajar. `frame` is the colour of the door's frame. */
export function Logo({ size, onBar = false }: { readonly size: number; readonly onBar?: boolean }) {
  const green = '#155b48'
  return (
    <svg className="mc-logo" width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <rect x="1" y="1" width="62" height="62" rx="7" fill={onBar ? '#ffffff' : green} />
      {onBar ? <rect x="6" y="6" width="52" height="52" rx="3" fill="#0b372c" /> : null}
      {[11, 22, 33, 44].map((y) => (
        <rect key={y} x="10" y={y} width="21" height="6" rx="1" fill="#ffffff" />
      ))}
      <path d="M37 11 L55 11 L55 57 L37 57 Z" fill="#efb632" />
      <path d="M37 11 L51 15 L51 61 L37 57 Z" fill="#efb632" />
    </svg>
  )
}
