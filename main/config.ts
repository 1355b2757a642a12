import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { vi } from 'zod/locales'
import { makeFolder } from '#shell/data-folder.ts'

/** A receipt printer: address, profile, and where a cash drawer hangs on it (a pulse without a drawer does nothing). */
const printerConfig = z.object({ address: z.string(), profile: z.string(), drawer: z.enum(['none', 'pin2', 'pin5']).default('pin2') })
export type PrinterConfig = z.infer<typeof printerConfig>

/** `printers: { primary, backup }` is the same in one place. */
function withPrinters(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !('printers' in given)) return given
  const { printers, ...rest } = given
  const { primary, backup } = z.object({ primary: z.unknown(), backup: z.unknown() }).parse(printers)
  return { ...rest, printer: primary ?? null, backupPrinter: backup ?? null }
}

/** The hub as a station reaches it. `cert`: its certificate, the only one believed (PEM); absent over plain HTTP on one machine. */
const hubAddress = z.object({ url: z.string(), token: z.string(), cert: z.string().optional() })

/** A machine of the office with its token. `counters` limits for which it may act, null for any; without `kind` it is a station, else a plain browser. */
const linkedMachine = z.object({
  id: z.string(),
  token: z.string().min(16),
  counters: z.array(z.int()).nullable().default(null),
  kind: z.enum(['board', 'touchpad']).optional(),
  /** Epoch ms; absent when it was written here by hand. */
  pairedAt: z.number().optional(),
  /** Where a spare takes copies of the journals. */
  spare: z.object({ url: z.string(), cert: z.string().optional() }).optional(),
})

export type LinkedMachine = z.infer<typeof linkedMachine>

const stationFields = z.object({
  /** Letters, digits and dashes; part of the origin of every event. */
  station: z.object({ id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,30}$/), name: z.string().min(1).max(60) }),
  roles: z.array(z.enum(['hub', 'kiosk', 'counter', 'board', 'touchpad', 'supervisor'])).min(1),
  /** A sample station has simulated devices and takes tickets at any hour; every screen says so. */
  sample: z.boolean().default(false),
  office: z.object({
    unit: z.string().min(1),
    commune: z.string().min(1),
    province: z.string().min(1),
    agency: z.string().regex(/^[A-Z]\d{2}(\.\d{2,3}){0,4}$/),
    phone: z.string(),
  }),
  services: z.array(z.object({ id: z.string(), name: z.string(), prefix: z.string().regex(/^[A-Z]$/), minutesPerVisit: z.number().positive() })).min(1),
  counters: z
    .array(z.object({ id: z.int().min(1).max(99), services: z.array(z.string()), staff: z.string().nullable(), staffName: z.string().nullable() }))
    .min(1),
  /** Counter of this station's own clerk screen and touchpad; null where there is none. */
  counter: z.int().nullable().default(null),
  /** Counters whose clerk screens and touchpads are plain browsers served by this station; null: all at a hub, else its own. */
  counterScreens: z.array(z.int()).nullable().default(null),
  receptionCounter: z.int().default(1),
  priorities: z
    .array(z.enum(['disabled', 'elderly', 'pregnant', 'child', 'merit', 'urgent', 'appointment']))
    .default(['elderly', 'disabled', 'pregnant', 'child', 'merit', 'urgent']),
  rules: z
    .object({ maxCalls: z.int().min(1), priorityRun: z.int().min(1), raiseAfterMinutes: z.number().positive(), ratingSeconds: z.number().positive() })
    .default({ maxCalls: 3, priorityRun: 2, raiseAfterMinutes: 30, ratingSeconds: 30 }),
  /** Address behind the QR of a receipt; `{code}` becomes the dossier's code, never anything personal. */
  lookUpUrl: z.string().default('https://dichvucong.gov.vn/?ma-ho-so={code}'),
  /** How boards speak: the machine's own Vietnamese voice where it has one, else the clips; always the clips; or not at all; how often a call is said again. */
  voice: z.object({ use: z.enum(['pack', 'system', 'off']), repeats: z.int().min(0).max(5) }).default({ use: 'system', repeats: 1 }),
  /** Where this station listens. A hub that serves other machines listens on 0.0.0.0. */
  listen: z.object({ host: z.string(), port: z.int().min(0).max(65_535), publicHost: z.string().nullable() }).default({ host: '127.0.0.1', port: 7470, publicHost: null }),
  /** The hub of the office, when this station is not it. */
  hub: hubAddress.nullable().default(null),
  /** This station holds a copy of the hub's journals and may take its place: `motcua hub promote`. */
  spare: z.boolean().default(false),
  /** Machines that may link to this hub. */
  stations: z.array(linkedMachine).default([]),
  central: z.object({ url: z.string(), key: z.string() }).nullable().default(null),
  /** The backup prints what the first printer can't begin; a slip is never on both. */
  printer: printerConfig.nullable().default(null),
  backupPrinter: printerConfig.nullable().default(null),
  /** Picture (PNG, black on white) at the head of slips, drawn at most 384 × 120 dots. */
  logo: z.string().nullable().default(null),
  scanner: z.object({ address: z.string() }).nullable().default(null),
  /** Contactless reader for the chip of identity cards; with `pcsc` the address is a part of its name. `csca`: folder of country certificates. */
  chipReader: z.object({ kind: z.enum(['acr122s', 'pn532', 'pcsc']), address: z.string(), csca: z.string().nullable().default(null) }).nullable().default(null),
  /** Card terminal of this station; `exponent` is the minor units it counts đồng in. `hand`: no cable, the clerk types the amount in. */
  terminal: z
    .object({
      protocol: z.enum(['zvt', 'ecr', 'hand']),
      address: z.string(),
      profile: z.string().nullable().default(null),
      exponent: z.union([z.literal(0), z.literal(2)]).default(0),
    })
    .nullable()
    .default(null),
  bank: z.object({ bin: z.string(), name: z.string(), account: z.string(), accountName: z.string() }).nullable().default(null),
  /** Sample and tests only: how far this station's clock is ahead of the machine's, ms. */
  clockOffsetMs: z.int().default(0),
})

/** What is the office's and not one machine's: a station takes it from its hub. */
export const officeSettings = stationFields.pick({
  office: true, services: true, counters: true, receptionCounter: true, priorities: true, rules: true, lookUpUrl: true, voice: true, bank: true,
})
export type OfficeSettings = z.infer<typeof officeSettings>

/** What a spare must hold to take the hub's place: with the keys of the office, so it is sent to spares only. */
export const takeOverSettings = officeSettings.extend({ stations: z.array(linkedMachine), central: stationFields.shape.central })
export type TakeOverSettings = z.infer<typeof takeOverSettings>

/** What one station is and is connected to: `<data>/station.json`, or the file of `--config`. */
export const stationConfig = z.preprocess(withPrinters, stationFields)

export type StationConfig = z.infer<typeof stationConfig>

/** The configuration of a data folder; null when it has none. Throws with the field's name when it is wrong. */
export function readConfig(file: string): StationConfig | null {
  if (!existsSync(file)) return null
  const parsed = stationConfig.safeParse(jsonOf(file), { error: vi().localeError })
  if (!parsed.success) throw new ConfigError(file, z.prettifyError(parsed.error))
  return parsed.data
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new ConfigError(file, error.message)
    throw error
  }
}

/** Writes it so that a crash leaves the old file or the new one. Readable by the owner only: it holds tokens. */
export function writeConfig(file: string, config: StationConfig): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(file: string, details: string) {
    super(`${file}\n${details}`)
  }
}

/** Files of a data folder. A sample office keeps its journal and people apart from a real one's. */
export function dataFiles(dir: string, sample: boolean) {
  const home = sample ? join(dir, 'sample') : dir
  makeFolder(resolve(home))
  return {
    dir,
    config: join(dir, 'station.json'),
    tokens: join(home, 'tokens.json'),
    identity: join(dir, 'identity.json'),
    office: join(home, 'office.json'),
    running: join(dir, 'running.json'),
    journal: join(home, 'journal.db'),
    vault: join(home, 'vault.db'),
    vaultKey: join(home, 'vault.key'),
    slips: join(home, 'slips'),
    sampleBank: join(home, 'sample-bank.jsonl'),
  }
}

export type DataFiles = ReturnType<typeof dataFiles>
