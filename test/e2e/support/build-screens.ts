import { buildScreens, screensAreStale } from '#cli/checkout.ts'

/** Before any page is opened: the screens are those of the sources. */
export default async function globalSetup(): Promise<void> {
  if (screensAreStale()) await buildScreens()
}
