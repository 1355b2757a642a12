/** Invented people whose cards the simulator shows. The numbers follow the pattern; nobody has them as far as we know. */
export interface SimCard {
  readonly qr: string
  readonly mrz: readonly [string, string, string]
}

interface Person {
  readonly id: string
  readonly oldId: string
  readonly name: string
  readonly latin: string
  readonly dob: string
  readonly sex: 'Nam' | 'Nữ'
  readonly address: string
  readonly issued: string
  readonly expiry: string
  readonly newPattern: boolean
}

const people: readonly Person[] = [
  { id: '066187003095', oldId: '', name: 'H’Hương Niê Kdăm', latin: 'HHUONG<<NIE<KDAM', dob: '02091987', sex: 'Nữ', address: 'Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk', issued: '15062021', expiry: '270902', newPattern: false },
  { id: '066194004827', oldId: '241567890', name: 'Nguyễn Hoàng Phương Uyên Thảo', latin: 'NGUYEN<<HOANG<PHUONG<UYEN<THAO', dob: '18031994', sex: 'Nữ', address: 'Thôn 4, xã Hòa Phú, tỉnh Đắk Lắk', issued: '20082021', expiry: '340318', newPattern: false },
  { id: '066051001264', oldId: '240098765', name: 'Trần Đình Đạt', latin: 'TRAN<<DINH<DAT', dob: '05011951', sex: 'Nam', address: 'Số 12 đường Giải Phóng, xã Hòa Phú, tỉnh Đắk Lắk', issued: '12052021', expiry: '991231', newPattern: false },
  { id: '066204000071', oldId: '', name: 'Đặng Hoàng Uy Vũ', latin: 'DANG<<HOANG<UY<VU', dob: '31122004', sex: 'Nam', address: 'Thôn 8, xã Hòa Phú, tỉnh Đắk Lắk', issued: '05072024', expiry: '291231', newPattern: true },
  { id: '066088003217', oldId: '241112223', name: 'Y Blok', latin: 'Y<<BLOK', dob: '29021988', sex: 'Nam', address: 'Buôn M’Rê, xã Hòa Phú, tỉnh Đắk Lắk', issued: '10102022', expiry: '280229', newPattern: false },
  { id: '001190012345', oldId: '012345678', name: 'Nguyễn Thị Ánh Tuyết', latin: 'NGUYEN<<THI<ANH<TUYET', dob: '15041990', sex: 'Nữ', address: 'Số 1 phố Ví Dụ, phường Hàng Mẫu, quận Hoàn Kiếm, Hà Nội', issued: '20062021', expiry: '300415', newPattern: false },
]

const value = (char: string) => (char === '<' ? 0 : char >= 'A' ? char.charCodeAt(0) - 55 : Number(char))

function digit(text: string): string {
  const weights = [7, 3, 1]
  return String([...text].reduce((sum, char, i) => sum + value(char) * (weights[i % 3] ?? 0), 0) % 10)
}

/** The three lines on the back, laid out as domain.md 8.2 says. */
function zone(person: Person): readonly [string, string, string] {
  const number = person.id.slice(3)
  const birth = person.dob.slice(6) + person.dob.slice(2, 4) + person.dob.slice(0, 2)
  const first = `IDVNM${number}${digit(number)}${person.id}<<${digit(person.id)}`
  const second = `${birth}${digit(birth)}${person.sex === 'Nam' ? 'M' : 'F'}${person.expiry}${digit(person.expiry)}VNM<<<<<<<<<<<`
  const all = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29)
  return [first, second + digit(all), person.latin.padEnd(30, '<').slice(0, 30)]
}

/** The cards in their order; `--card 1` is the first. */
export const simCards: readonly SimCard[] = people.map((person) => ({
  qr: [person.id, person.oldId, person.name, person.dob, person.sex, person.address, person.issued, ...(person.newPattern ? ['', '', '', ''] : [])].join('|'),
  mrz: zone(person),
}))
