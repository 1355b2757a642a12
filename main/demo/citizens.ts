import type { Dossier, Person } from '#domain/dossier.ts'
import type { KioskProcedure } from '#contract/kiosk.ts'

/** Invented people: province 099 does not exist, so no number can be anybody's. */
const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Đặng', 'Bùi', 'Đỗ', 'Niê', 'H’Hương']
const middles = ['Văn', 'Thị', 'Đình', 'Hoàng Phương Uyên', 'Minh', 'Thị Mỹ', 'Quang', 'Ngọc']
const givens = ['Đạt', 'Hạnh', 'Thảo', 'Dương', 'Khánh', 'Ánh', 'Đường', 'Vinh', 'Kdăm', 'Tuyết']

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

/** The `n`th citizen of the day. */
export function citizen(n: number): Person {
  const year = 1950 + ((n * 7) % 50)
  const woman = n % 2 === 1
  return {
    fullName: `${pick(families, n)} ${pick(middles, n * 3)} ${pick(givens, n * 7)}`,
    idNumber: `099${woman ? 1 : 0}${String(year % 100).padStart(2, '0')}${String(100_000 + n * 37).slice(0, 6)}`,
    oldIdNumber: '',
    dob: `${year}-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`,
    sex: woman ? 'female' : 'male',
    address: `Thôn ${(n % 9) + 1}, xã Hòa Phú, tỉnh Đắk Lắk`,
    idIssued: '2021-06-15',
    phone: `09051${String(23_400 + n).padStart(5, '0')}`,
    email: '',
  }
}

/** What the `n`th citizen comes for, by the weights of the catalogue. */
export function errand(procedures: readonly KioskProcedure[], n: number): KioskProcedure {
  const total = procedures.reduce((sum, one) => sum + one.counterWeight, 0)
  let left = (n * 0.6180339887) % 1 * total
  for (const one of procedures) {
    left -= one.counterWeight
    if (left < 0) return one
  }
  return procedures[0] as KioskProcedure
}

/** The form that a clerk fills for a citizen: every required paper ticked. */
export function intakeForm(procedure: KioskProcedure, n: number, ticketId: string) {
  const required = procedure.components.filter((one) => one.required === true)
  const papers = (required.length ? required : procedure.components.slice(0, 1)).map(({ name, original, copy, kind }) => ({ name, original: original || 1, copy, kind }))
  return {
    ticketId,
    procedure: procedure.code,
    channel: 'DIRECT' as const,
    processing: 0,
    person: citizen(n),
    fromCard: [],
    submitter: 'owner' as const,
    papers: papers.length ? papers : [{ name: 'Tờ khai', original: 1, copy: 0, kind: 'submit' as const }],
    sets: 1,
    resultBy: 'counter' as const,
    fees: procedure.fees.slice(0, 1).map((_fee, fee) => ({ fee, quantity: 1 + (n % 3) })),
    dueChange: null,
  }
}

/** Cash that a citizen hands over: the next whole 50.000 đ. */
export const cashFor = ({ feeTotal }: Dossier): number => Math.ceil(feeTotal / 50_000) * 50_000
