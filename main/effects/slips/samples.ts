import { atTime } from '#domain/local-time.ts'
import type { Dossier } from '#domain/dossier.ts'
import type { FeeReceiptSlip } from './fee-receipt.ts'
import type { SlipOffice } from './office.ts'
import type { ReceiptSlip } from './receipt.ts'
import type { TicketSlip } from './ticket.ts'

/** Invented people and numbers of the pictures in the design: for tests, benchmarks and the technician's samples. */
export const sampleOffice: SlipOffice = {
  unit: 'Trung tâm Phục vụ hành chính công',
  commune: 'xã Hòa Phú',
  province: 'tỉnh Đắk Lắk',
}

const day = '2026-11-23'

export const sampleTicket: TicketSlip = {
  office: sampleOffice,
  number: 'A012',
  title: 'Đăng ký khai sinh',
  priority: null,
  ahead: 4,
  counters: [2, 3],
  expected: { from: atTime(day, '09:18'), to: atTime(day, '09:28') },
  followUrl: 'https://hoaphu.motcua.invalid/t/k3J9xQ2m',
  missing: ['Tờ khai đăng ký khai sinh'],
  missingHelp: 'Cán bộ in giúp tại quầy.',
  receptionCounter: 1,
  printedAt: atTime(day, '09:03'),
  stationName: 'Ki-ốt 1',
  reprint: null,
}

export const sampleDossier: Dossier = {
  code: 'H15.50.05.13-261123-0042',
  procedure: '2.002516',
  procedureName: 'Xác nhận thông tin hộ tịch',
  decisionNo: '',
  field: 'Hộ tịch',
  channel: 'DIRECT',
  status: 'accepted',
  receivedAt: atTime(day, '09:34'),
  due: {
    start: atTime(day, '09:34'),
    due: atTime('2026-11-27', '09:34'),
    skipped: [{ date: '2026-11-24', why: 'ngày nghỉ lễ' }],
    rule: '3 ngày làm việc',
    changedBecause: null,
  },
  papers: [
    { name: 'Tờ khai đề nghị xác nhận thông tin hộ tịch', original: 1, copy: 0, kind: 'submit' },
    { name: 'Giấy tờ liên quan nội dung đề nghị: Giấy chứng nhận kết hôn cũ', original: 0, copy: 1, kind: 'submit' },
    { name: 'Giấy tờ tùy thân', original: 1, copy: 0, kind: 'present' },
  ],
  sets: 1,
  submitter: 'owner',
  resultBy: 'counter',
  fee: [{ name: 'Lệ phí xác nhận thông tin hộ tịch', unitPrice: 8_000, quantity: 2, amount: 16_000 }],
  feeTotal: 16_000,
  paid: 16_000,
  paidBy: 'vietqr',
  register: { volume: '01/2026', number: 1187 },
  counter: 3,
  staff: 'hanh',
  staffName: 'Trần Thị Mỹ Hạnh',
  ticketId: null,
  person: {
    fullName: 'H’Hương Niê Kdăm',
    idNumber: '066190003095',
    oldIdNumber: '',
    dob: '1990-04-12',
    sex: 'female',
    address: 'Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk',
    idIssued: '2022-05-10',
    phone: '0905123456',
    email: '',
  },
}

export const sampleReceipt: ReceiptSlip = {
  office: sampleOffice,
  dossier: sampleDossier,
  submitterName: null,
  resultAt: 'Quầy 1',
  staffPhone: '02623555123',
  lookupUrl: 'https://hoaphu.motcua.invalid/tra-cuu/H15.50.05.13-261123-0042',
  copy: 2,
  reprint: null,
}

export const sampleFeeReceipt: FeeReceiptSlip = {
  office: sampleOffice,
  taxCode: '6000000000',
  official: null,
  dossierCode: sampleDossier.code,
  payerName: sampleDossier.person.fullName,
  payerAddress: sampleDossier.person.address,
  lines: sampleDossier.fee,
  total: 16_000,
  method: 'vietqr',
  card: null,
  bankReference: 'FT26327004211',
  paidAt: atTime(day, '09:36'),
  staffName: 'Trần Thị Mỹ Hạnh',
  copy: 2,
  openDrawer: false,
  reprint: null,
}
