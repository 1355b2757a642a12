/** A key on the control that it works; the clerk learns the keys by looking. */
export function Kbd({ children }: { readonly children: string }) {
  return <kbd className="mc-kbd">{children}</kbd>
}
