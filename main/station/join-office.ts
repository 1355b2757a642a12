import { hostname } from 'node:os'
import type { Purpose } from '#lan/pairing-desk.ts'
import { machineIdentity } from '#lan/certificate.ts'
import { joinHub } from '#lan/join.ts'
import { dataFiles, readConfig, stationConfig, writeConfig, type OfficeSettings, type StationConfig } from '#main/config.ts'
import { hubSays, pairAnswer, pairPath, stationSays } from './pairing-routes.ts'
import { idOf } from './setup.ts'

export interface JoinOptions {
  readonly folder: string
  readonly code: string
  /** `https://192.168.1.10:7470` */
  readonly hub: string
  /** Name of this machine; its present one, or the computer's, when absent. */
  readonly name?: string
  readonly port?: number
}

/** What came of joining. */
export interface JoinedOffice {
  readonly station: string
  readonly hub: string
  readonly fingerprint: string
  readonly purpose: Purpose
}

/** Joins this machine to an office by a code of its hub, and writes the configuration with which it is a station there. Rejects with JoinError. */
export async function joinOffice({ folder, code, hub, name, port }: JoinOptions): Promise<JoinedOffice> {
  const files = dataFiles(folder, false)
  const found = readConfig(files.config)
  const before = found?.sample === false ? found : null
  const stationName = name ?? before?.station.name ?? hostname()
  const id = before && name === undefined ? before.station.id : idOf(stationName)
  const { cert: own } = await machineIdentity(files.identity, `Mot Cua ${id}`)
  const takesCopies = { port: port ?? before?.listen.port ?? 7470, cert: own }
  const { answer, cert, fingerprint } = await joinHub(hub, code, {
    path: pairPath,
    body: { id, takesCopies },
    says: (nonce) => stationSays({ id, nonce, takesCopies }),
    hears: (nonce, token) => hubSays(id, nonce, token),
  })
  const { token, purpose, settings } = pairAnswer.parse(answer)
  writeConfig(files.config, joined({ before, station: { id, name: stationName }, hub: { url: hub, token, cert }, purpose, settings, port: takesCopies.port }))
  return { station: id, hub, fingerprint, purpose }
}

interface Parts {
  readonly before: StationConfig | null
  readonly station: StationConfig['station']
  readonly hub: NonNullable<StationConfig['hub']>
  readonly purpose: Purpose
  readonly settings: OfficeSettings
  readonly port: number
}

/** Devices stay as they were; what is the office's comes from the hub, and an old hub is none any more. */
function joined({ before, station, hub, purpose, settings, port }: Parts): StationConfig {
  const spare = purpose.kind === 'spare'
  const role = purpose.counter !== null ? 'counter' : purpose.kind === 'kiosk' ? 'kiosk' : null
  return stationConfig.parse({
    ...before, ...settings, station, hub, spare,
    sample: false, stations: [], central: null, counter: purpose.counter,
    roles: [...(role ? [role] : []), 'supervisor'],
    // Only a spare is reached by other machines: by its hub, which sends it copies.
    listen: { host: spare ? '0.0.0.0' : '127.0.0.1', port, publicHost: null },
  })
}
