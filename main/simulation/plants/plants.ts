import { commands } from './commands.ts'
import { disks } from './disks.ts'
import { linking } from './linking.ts'
import { numbers } from './numbers.ts'
import type { Plant } from './plant.ts'
import { receiving } from './receiving.ts'
import { sending } from './sending.ts'

/** Every bug that can be planted, by its name; made anew for each seed. */
export const plants: Readonly<Record<string, () => Plant>> = { ...receiving, ...sending, ...commands, ...linking, ...numbers, ...disks }

/** The product as it is. */
export const noPlant: Plant = {}
