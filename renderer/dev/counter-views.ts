/** The counter at the moments of the pictures: counter 3 on Monday 23/11/2026. People and numbers are invented. */
import type { CardPayment, CardScan, CounterView, CurrentVisit, DossierRow, QueueRow, UnknownPrint } from '#contract/counter.ts'
import type { CounterState, PriorityGroup, Ticket } from '#domain/ticket.ts'

const at = (clock: string) => Date.parse(`2026-11-23T${clock}+07:00`)
export const counterNow = at('09:22:24')

const ticket = (number: string, title: string, issued: string, more: Partial<Ticket> = {}): Ticket => ({
  id: `t-${number}`, number, day: '2026-11-23', service: number.startsWith('B') ? 'certify' : 'civil', procedure: null, title, priority: null, papers: [], state: 'waiting',
  issuedAt: at(issued), promised: { from: 15, to: 25 }, calls: 0, calledAt: null, startedAt: null, endedAt: null, counter: null, staff: null, onlyCounter: null,
  heldReason: null, heldAt: null, returned: false, order: at(issued), note: null, key: 'k', station: 'kiosk-1', lease: null, ...more,
})

const row = (number: string, title: string, waited: number, missing: number | null, more: Partial<Ticket> = {}): QueueRow => ({
  ticket: ticket(number, title, '09:00:00', { issuedAt: counterNow - waited * 60_000, ...more }),
  serviceName: number.startsWith('B') ? 'Chứng thực' : 'Hộ tịch', waitedMinutes: waited, missingPapers: missing,
})
const priority = (group: PriorityGroup) => ({ priority: group })

export const waiting: readonly QueueRow[] = [
  row('B018', 'Chứng thực bản sao', 9, 0, priority('elderly')), row('A017', 'Khai tử', 2, null, priority('urgent')), row('A013', 'Xác nhận thông tin hộ tịch', 16, 0),
  row('B016', 'Chứng thực chữ ký', 15, 1), row('A014', 'Bản sao trích lục hộ tịch', 13, 0), row('A015', 'Kết hôn', 10, null, { ...priority('appointment'), appointment: { code: 'LH-261123-0040', at: at('09:30:00') } }),
  row('B019', 'Chứng thực bản sao', 7, null), row('A016', 'Thay đổi, cải chính hộ tịch', 5, 0, { returned: true }), row('B020', 'Chứng thực giao dịch', 4, 0),
]

export const card: CardScan = {
  scanId: 'scan-1', at: at('09:21:40'), warnings: [], authentic: null,
  person: {
    fullName: 'Nguyễn Hoàng Phương Uyên Thảo', idNumber: '066194004827', oldIdNumber: '', dob: '1994-08-14', sex: 'female',
    address: 'Thôn 4, xã Hòa Phú, tỉnh Đắk Lắk', idIssued: '2022-03-10', phone: '', email: '',
  },
}

const dossier = (code: string, procedureName: string, status: DossierRow['status'], received: string): DossierRow => ({
  code, procedureName, status, receivedAt: Date.parse(received), due: null, person: 'N. H. P. U. Thảo', print: null,
})

export const serving: CurrentVisit = {
  ticket: ticket('A012', 'Khai sinh', '09:03:00', {
    procedure: '1.001193', state: 'serving', calls: 1, calledAt: at('09:21:00'), startedAt: at('09:21:00'), counter: 3, note: 'Bà nội đi cùng, cần nói to.',
    papers: [{ name: 'Giấy chứng sinh', have: true }, { name: 'Căn cước của người đi khai', have: true }, { name: 'Tờ khai đăng ký khai sinh', have: false }],
  }),
  bookedBy: null, serviceName: 'Hộ tịch', chip: null, estimateTold: '15–25', card,
  recent: [
    dossier('H15.50.05.13-261118-0027', 'Xác nhận thông tin về cư trú', 'result-ready', '2026-11-18T09:00:00+07:00'),
    dossier('H15.50.05.13-260305-0112', 'Đăng ký kết hôn', 'returned', '2026-03-05T09:00:00+07:00'),
  ],
  dossiers: [],
}

const counter = (id: number, services: readonly string[], staffName: string | null): CounterState => ({
  id, services, staff: staffName === null ? null : `s${id}`, staffName, pausedUntil: null, ticket: null, priorityRun: 0, servedToday: 11, minutesPerVisit: 7.4, ratedToday: 9, satisfiedToday: 9,
})

export const counterView: CounterView = {
  now: counterNow, asOf: counterNow, hubLostSince: null, sample: true, setupUrl: null,
  office: { unit: 'Trung tâm Phục vụ hành chính công', commune: 'xã Hòa Phú', province: 'tỉnh Đắk Lắk', agency: 'H15.50.05.13', phone: '0262 3555 000' },
  counter: { ...counter(3, ['civil', 'certify'], 'Trần Thị Mỹ Hạnh'), ticket: 't-A012' }, staffName: 'Trần Thị Mỹ Hạnh', scanned: null, staffPosition: 'Công chức tư pháp – hộ tịch', catalogue: '1', serviceNames: ['Hộ tịch', 'Chứng thực'],
  mine: waiting, room: [...waiting, row('C004', 'Đăng ký tạm trú', 22, 0), row('D003', 'Giao đất, cho thuê đất, chuyển mục đích (không đấu giá)', 41, 2)],
  held: [row('A007', 'Giám hộ', 12, null, { state: 'held', heldReason: 'Đi sao giấy tờ', heldAt: at('09:10:00') })],
  absent: [row('B013', 'Chứng thực bản sao', 40, null, { state: 'no-show', calls: 3, calledAt: at('09:14:00') })],
  current: serving, looseCard: null, rule: { key: 'after-priority-run', details: { run: '2', minutes: '30', number: 'B018' } },
  counters: [counter(1, ['civil'], 'Lê Văn Bình'), counter(2, ['civil', 'certify'], 'Nguyễn Thùy Dương'), counter(3, ['civil', 'certify'], 'Trần Thị Mỹ Hạnh'), counter(4, ['stay'], null)],
  services: [
    { id: 'civil', name: 'Hộ tịch', prefix: 'A', waiting: 6, estimate: { from: 15, to: 25 }, counters: [1, 2, 3] },
    { id: 'certify', name: 'Chứng thực', prefix: 'B', waiting: 4, estimate: { from: 5, to: 10 }, counters: [2, 3] },
    { id: 'stay', name: 'Cư trú', prefix: 'C', waiting: 1, estimate: null, counters: [4] },
  ],
  rating: null, payment: null, payWays: ['cash', 'vietqr', 'card', 'terminal-qr'], cards: [], prints: [],
  devices: [
    { kind: 'printer', name: 'Máy in', state: 'warning', code: 'near-end', simulated: false }, { kind: 'scanner', name: 'Đầu đọc thẻ', state: 'ok', code: 'ok', simulated: true },
    { kind: 'chip-reader', name: '', state: 'absent', code: 'not-asked', simulated: false }, { kind: 'terminal', name: '', state: 'ok', code: 'ok', simulated: false },
    { kind: 'board', name: 'Bảng và loa', state: 'ok', code: 'ok', simulated: false }, { kind: 'touchpad', name: 'Bàn đánh giá', state: 'ok', code: 'ok', simulated: false },
  ],
  paper: 'near-end', sync: [{ peer: 'central', reachable: true, lastContact: at('09:22:20'), lostSince: null, waiting: 0 }], helpAsked: [],
}

const quietDevices = counterView.devices.map((device) => ({ ...device, state: 'ok' as const, code: `${device.kind}.ok` }))
export const idleView: CounterView = { ...counterView, current: null, counter: { ...counterView.counter, ticket: null }, paper: 'ok', devices: quietDevices }
export const emptyView: CounterView = { ...idleView, mine: [], held: [], absent: [], rule: { key: 'nobody', details: {} } }
export const pausedView: CounterView = { ...idleView, counter: { ...idleView.counter, pausedUntil: at('09:40:00') } }
export const calledView: CounterView = {
  ...idleView, counter: counterView.counter,
  current: { ...serving, card: null, recent: [], ticket: { ...serving.ticket, state: 'called', startedAt: null, calls: 2, calledAt: at('09:22:10'), note: null } },
}
/** How the chip of the citizen's card stands. */
export const chipView = (chip: CurrentVisit['chip'], authentic: CardScan['authentic']): CounterView => ({
  ...idleView, counter: counterView.counter, current: { ...serving, chip, card: authentic === null ? null : { ...card, authentic } },
})
export const acceptedView: CounterView = { ...counterView, current: { ...serving, dossiers: [dossier('H15.50.05.13-261123-0042', 'Khai sinh', 'accepted', '2026-11-23T09:22:00+07:00')] } }

export const unknownPrint: UnknownPrint = { jobId: 'p1', kind: 'receipt', what: 'H15.50.05.13-261123-0042', since: at('09:22:00'), state: 'unknown', reason: null }
export const cardPayment: CardPayment = { paymentId: 'pay-2', code: 'H15.50.05.13-261123-0042', method: 'card', amount: 16_000, at: at('09:22:10'), state: 'charging', progress: null, canBeAsked: true, byHand: false, reason: null }
export const troubledView: CounterView = {
  ...counterView, paper: 'out', prints: [unknownPrint, { ...unknownPrint, jobId: 'p2', kind: 'ticket', what: 'A021', state: 'waiting', reason: 'paper-out' }],
  devices: [
    { kind: 'printer', name: 'Máy in', state: 'down', code: 'paper-out', simulated: false }, { kind: 'scanner', name: 'Đầu đọc thẻ', state: 'down', code: 'offline', simulated: false },
    { kind: 'board', name: 'Bảng và loa', state: 'down', code: 'offline', simulated: false }, { kind: 'touchpad', name: 'Bàn đánh giá', state: 'absent', code: 'absent', simulated: false },
  ],
  helpAsked: [{ station: 'kiosk-1', at: at('09:20:00') }],
}
export const hubLostView: CounterView = { ...counterView, hubLostSince: at('09:18:00'), asOf: at('09:18:00') }
export const centralLostView: CounterView = { ...counterView, sync: [{ peer: 'central', reachable: false, lastContact: at('08:41:00'), lostSince: at('08:41:00'), waiting: 12 }] }

const services = ['Thay đổi, cải chính, bổ sung hộ tịch, xác định lại dân tộc', 'Khai sinh', 'Giao đất, cho thuê đất, chuyển mục đích (không đấu giá)', 'Chứng thực bản sao']
export const crowdedView: CounterView = {
  ...counterView, mine: Array.from({ length: 60 }, (_, index) => row(`${index % 3 === 0 ? 'B' : 'A'}${String(100 + index)}`, services[index % 4] ?? '', 70 - index, index % 5 === 0 ? null : index % 3)),
  current: {
    ...serving, ticket: { ...serving.ticket, title: services[2] ?? '', note: null },
    card: { ...card, warnings: ['birth-year-differs'], person: { ...card.person, fullName: 'Nguyễn Hoàng Phương Uyên Thảo Công Tằng Tôn Nữ Ngọc Ẩn', phone: '0905123456' } },
  },
}

export const rural: CardScan = {
  scanId: 'scan-2', at: at('09:31:00'), warnings: [], authentic: null,
  person: {
    fullName: 'H’Hương Niê Kdăm', idNumber: '066187003095', oldIdNumber: '', dob: '1987-09-02', sex: 'female', address: 'Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk', idIssued: '2021-06-15', phone: '', email: '',
  },
}
export const intakeNow = at('09:34:05')
export const intakeView: CounterView = {
  ...counterView, now: intakeNow,
  current: { ...serving, card: rural, recent: [], ticket: ticket('A013', 'Xác nhận thông tin hộ tịch', '09:05:00', { procedure: '2.002516', state: 'serving', calls: 1, calledAt: at('09:30:40'), startedAt: at('09:30:55'), counter: 3, papers: [] }) },
}
