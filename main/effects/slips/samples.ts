import { sampleDossier as dossierOfThePictures } from '#main/catalogue/sample-dossier.ts'
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

export const sampleDossier: Dossier = dossierOfThePictures()

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
