import { loadCatalogue } from './catalogue.ts'
import type { Dossier } from '#domain/dossier.ts'
import { dueDate } from '#domain/due.ts'
import { feeLines, feeTotal } from '#domain/fee.ts'
import { parseLocal } from '#domain/local-time.ts'

/** The dossier of the pictures: invented person, real procedure 2.002516, received Monday 23/11/2026 at 09:34. */
export function sampleDossier(): Dossier {
  const catalogue = loadCatalogue()
  const procedure = catalogue.procedure('2.002516')
  const time = procedure?.processing[0]
  const receivedAt = parseLocal('2026-11-23T09:34')
  if (procedure === null || time === undefined || receivedAt === null) throw new Error('the shipped catalogue has no 2.002516')
  const fee = feeLines(procedure, 'DIRECT', [{ fee: 0, quantity: 2 }])
  return {
    code: 'H15.50.05.13-261123-0042',
    procedure: procedure.code,
    procedureName: procedure.shortName,
    decisionNo: procedure.decisionNo,
    field: procedure.field,
    channel: 'DIRECT',
    status: 'accepted',
    receivedAt,
    due: dueDate({ receivedAt, time, calendar: catalogue.calendar }),
    papers: [
      { name: 'Tờ khai đề nghị xác nhận thông tin hộ tịch', original: 1, copy: 0, kind: 'submit' },
      { name: 'Giấy tờ liên quan nội dung đề nghị: Giấy chứng nhận kết hôn cũ', original: 0, copy: 1, kind: 'submit' },
      { name: 'Giấy tờ tùy thân có ảnh, còn giá trị', original: 1, copy: 0, kind: 'present' },
    ],
    sets: 1,
    submitter: 'owner',
    resultBy: 'counter',
    fee,
    feeTotal: feeTotal(fee),
    paid: feeTotal(fee),
    paidBy: 'vietqr',
    register: { volume: '01/2026', number: 1187 },
    counter: 3,
    staff: 'hanh',
    staffName: 'Trần Thị Mỹ Hạnh',
    ticketId: null,
    person: {
      fullName: 'H’Hương Niê Kdăm',
      idNumber: '066187003095',
      oldIdNumber: '',
      dob: '1987-09-02',
      sex: 'female',
      address: 'Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk',
      idIssued: '2021-06-15',
      phone: '0905123456',
      email: '',
    },
  }
}
