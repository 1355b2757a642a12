/** What screens need of the station in one import. */
export { startPage, type Surface } from './start-page.tsx'
export { StationProvider, useStation } from './station-provider.tsx'
export { sendCommand, useCommand, type Mutation, type Refusal, type Result } from './use-command.ts'
export { useLive, type Live } from './use-live.ts'
export { useNow } from './use-now.ts'
