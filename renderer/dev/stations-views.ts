import type { StationsView } from '#contract/stations.ts'
import { supervisorView } from './supervisor-views.ts'

const { now } = supervisorView
const none = { connected: true, lastSeen: null, leased: 0, away: 0, copy: null }

/** A hub with a code shown, a counter that is gone with its numbers, and a spare whose copy is behind. */
export const stationsView: StationsView = {
  now, isHub: true, superseded: false, address: 'https://192.168.1.10:7470', fingerprint: Array.from({ length: 32 }, (_, n) => (n * 7 + 16).toString(16).toUpperCase().padStart(2, '0')).join(':'),
  code: { code: 'K7QM-4XPT', purpose: { kind: 'counter', counter: 4 }, expiresAt: now + 540_000 },
  counters: [1, 2, 3, 4, 5, 6], spare: null,
  stations: [
    { ...none, id: 'quay-2', kind: 'station', counters: [2], leased: 3 },
    { ...none, id: 'quay-3', kind: 'station', counters: [3], connected: false, lastSeen: now - 540_000, leased: 4, away: 4 },
    { ...none, id: 'ki-ot', kind: 'station', counters: [] },
    { ...none, id: 'board-4kx2aa', kind: 'board', counters: null },
    { ...none, id: 'du-phong', kind: 'station', counters: [], copy: { reachable: true, lastContact: now, waiting: 12 } },
  ],
}

/** The spare, when the hub is gone. */
export const spareView: StationsView = { ...stationsView, isHub: false, address: null, fingerprint: null, code: null, stations: [], spare: { ready: true, hubLostSince: now - 60_000 } }
