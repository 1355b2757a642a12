/** The office at 10:30 of the picture, as far as the station knows it. People and numbers are invented. */
import type { SelfTestView } from '#contract/self-test.ts'
import type { CounterState } from '#domain/ticket.ts'
import type { StationSetup, SupervisorView } from '#contract/supervisor.ts'

const at = (clock: string) => Date.parse(`2026-11-23T${clock}+07:00`)
export const supervisorNow = at('10:30:12')

type Service = SupervisorView['services'][number]
const service = (id: string, name: string, prefix: string, from: number, to: number, counters: readonly number[], minutes: readonly number[], priority: readonly number[] = []): Service => ({
  id, name, prefix, waiting: minutes.length, estimate: { from, to }, counters,
  waits: minutes.map((wait, index) => ({ number: `${prefix}${String(index + 3).padStart(3, '0')}`, minutes: wait, priority: priority.includes(wait) })),
})

const counter = (id: number, services: readonly string[], staffName: string, ticket: string | null, served: number, more: Partial<CounterState> = {}): CounterState => ({
  id, services, staff: `s${id}`, staffName, pausedUntil: null, ticket, priorityRun: 0, servedToday: served, minutesPerVisit: 7.4, ratedToday: 9, satisfiedToday: 9, ...more,
})

export const supervisorView: SupervisorView = {
  now: supervisorNow, asOf: supervisorNow - 1000, sample: false, station: 'Máy chủ văn phòng', waiting: 23, longestWait: { minutes: 41, service: 'Đất đai' },
  office: { unit: 'Trung tâm Phục vụ hành chính công', commune: 'xã Hòa Phú', province: 'tỉnh Đắk Lắk', agency: 'H15.50.05.13', phone: '0262 3555 000' },
  services: [
    service('civil', 'Hộ tịch', 'A', 15, 25, [2, 3], [3, 5, 8, 11, 16, 19], [5]), service('certify', 'Chứng thực', 'B', 20, 30, [2, 3], [1, 4, 6, 9, 12, 18, 22], [9]),
    service('residence', 'Cư trú', 'C', 15, 20, [4], [2, 5, 9, 12, 12]), service('land', 'Đất đai, xây dựng', 'D', 30, 45, [5], [12, 24, 33, 41]),
    service('business', 'Kinh doanh, an sinh xã hội', 'E', 10, 20, [6], [6]), { ...service('results', 'Trả kết quả', 'T', 0, 5, [1], []), estimate: null },
  ],
  counters: [
    counter(1, ['results'], 'Phạm Văn Đức', null, 20), counter(2, ['certify'], 'Nguyễn Thị Thùy Dương', 't-B026', 17), counter(3, ['civil'], 'Trần Thị Mỹ Hạnh', 't-A021', 16),
    counter(4, ['residence'], 'Y Thiên Niê', 't-C014', 13), counter(5, ['land'], 'Nguyễn Hoàng Phương Uyên Thảo', 't-D002', 2, { minutesPerVisit: 27.7, ratedToday: 2, satisfiedToday: 1 }),
    counter(6, ['business'], 'Hoàng Thị Kim Chi', null, 9, { pausedUntil: at('10:40:00') }),
  ],
  visits: [
    { counter: 2, number: 'B026', state: 'serving', since: at('10:27:07') }, { counter: 3, number: 'A021', state: 'serving', since: at('10:23:31') },
    { counter: 4, number: 'C014', state: 'called', since: at('10:29:50') }, { counter: 5, number: 'D002', state: 'serving', since: at('10:02:32') },
  ],
  today: { tickets: 100, dossiers: 46, cash: 334_000, vietqr: 770_000, card: 0, terminalQr: 0, ratings: [30, 11, 2, 1, 0] },
  cardDoubts: [], cardOrphans: [],
  prints: [
    { jobId: 'j1', kind: 'receipt', what: 'H15.50.05.13-261123-0042', since: at('10:22:00'), state: 'unknown', reason: null },
    { jobId: 'j2', kind: 'ticket', what: 'B031', since: at('10:29:00'), state: 'waiting', reason: 'paper-out' },
  ],
  devices: [
    { kind: 'printer', name: 'Máy in ki-ốt', state: 'down', code: 'paper-out', simulated: false }, { kind: 'scanner', name: 'Đầu đọc thẻ', state: 'ok', code: 'ok', simulated: false },
    { kind: 'printer', name: 'Máy in quầy 3', state: 'warning', code: 'near-end', simulated: false }, { kind: 'board', name: 'Bảng tầng 1', state: 'ok', code: 'ok', simulated: false },
  ],
  sync: [{ peer: 'central', reachable: false, lastContact: at('10:12:40'), lostSince: at('10:13:00'), waiting: 12 }],
  addresses: {
    kiosk: 'http://192.168.1.10:7410/kiosk.html#t=1f0c6a52e7d94b0f9d2b6a41', counter: 'http://192.168.1.10:7410/counter.html#t=4b7d0e19c3f24a6c8e51d027',
    board: 'http://192.168.1.10:7410/board.html#t=9a3e5c70b1d84f2e9c06d7e8', touchpad: 'http://192.168.1.10:7410/touchpad.html#t=c2d4f6081a3b4c5d8e7f9012',
    supervisor: 'http://192.168.1.10:7410/supervisor.html#t=77aa0b1c2d3e4f508192a3b4',
  },
}

export const setupView: StationSetup = {
  stationName: 'Quầy 3', roles: ['counter', 'touchpad'], hubUrl: 'http://192.168.1.10:7410', hubToken: '', counter: 3, staffName: 'Trần Thị Mỹ Hạnh',
  office: { ...supervisorView.office },
  printer: { address: 'tcp://192.168.1.60:9100', profile: 'epson-tm-t82', drawer: 'pin2' }, backupPrinter: { address: 'serial:usb=0403:6001:A50285BI?baud=19200', profile: 'generic-80', drawer: 'none' }, scanner: { address: 'serial:/dev/ttyACM0?baud=9600' }, central: null,
  bank: { bin: '970436', name: 'Vietcombank', account: '0123456789', accountName: 'TRUNG TAM PVHCC XA HOA PHU' }, terminal: { protocol: 'ecr', address: 'serial:usb=0BDA:8153:A920?baud=115200', profile: 'ghl', exponent: 2 },
}

export const selfTestView: SelfTestView = {
  devices: [
    { id: 'printer', kind: 'printer', name: 'Epson TM-T82', state: 'ok', code: 'ok', simulated: false, address: 'serial:usb=0403:6001:A50285BI?baud=115200', path: '/dev/ttyUSB0', firmware: 'EPSON TM-T82 30.17 ESC/POS', lastError: { code: 'paper-out', at: supervisorView.now - 1_800_000 }, tests: ['print', 'drawer', 'beep'] },
    { id: 'backup-printer', kind: 'printer', name: 'Generic 80 mm ESC/POS (2)', state: 'down', code: 'wrong-speed', simulated: false, address: 'serial:/dev/ttyS0?baud=9600', path: null, firmware: null, lastError: { code: 'wrong-speed', at: supervisorView.now - 60_000 }, tests: ['print', 'drawer'] },
    { id: 'scanner', kind: 'scanner', name: 'serial:usb=1eab:1d06@1-3:1.0', state: 'down', code: 'not-found', simulated: false, address: 'serial:usb=1eab:1d06@1-3:1.0', path: null, firmware: null, lastError: { code: 'not-found', at: supervisorView.now - 20_000 }, tests: ['echo'] },
    { id: 'terminal', kind: 'terminal', name: '', state: 'absent', code: 'not-asked', simulated: false, address: 'tcp://192.168.1.70:20007', path: null, firmware: null, lastError: null, tests: ['echo'] },
  ],
  freePorts: [{ path: '/dev/ttyUSB1', address: 'serial:usb=1a86:7523@1-4.1:1.0', maker: null }],
}
