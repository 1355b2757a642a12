import type { ReactNode } from 'react'

/** Screens of one area by name (`kiosk-start`): each draws one state from fixtures. The part before the first `-` is the surface. */
export type DevScreens = Readonly<Record<string, () => ReactNode>>

const modules = import.meta.glob<{ readonly screens: DevScreens }>('./screens-*.tsx', { eager: true })

/** Every screen of every `screens-<area>.tsx`. */
export const devScreens: DevScreens = Object.fromEntries(Object.values(modules).flatMap((module) => Object.entries(module.screens)))
