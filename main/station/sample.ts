import { loadCatalogue, loadSampleOffice } from '#main/catalogue/catalogue.ts'
import { stationConfig, type StationConfig } from '#main/config.ts'

/** The station of a first start: a whole sample office on one machine, with simulated devices. */
export function sampleConfig(): StationConfig {
  const { office, counters, receptionCounter, bank } = loadSampleOffice()
  return stationConfig.parse({
    station: { id: 'hoa-phu-mau', name: 'Ki-ốt 1' },
    roles: ['hub', 'kiosk', 'counter', 'board', 'touchpad', 'supervisor'],
    sample: true,
    office,
    services: loadCatalogue().services.map(({ id, name, prefix, minutesPerVisit }) => ({ id, name, prefix, minutesPerVisit })),
    counters,
    counter: 3,
    receptionCounter,
    bank,
  })
}
