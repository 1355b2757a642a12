import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pack, unpack } from './pack.ts'

const person = {
  fullName: 'Nguyễn Thị Ánh Tuyết', idNumber: '099190012345', oldIdNumber: '', dob: '1990-04-02', sex: 'female', address: 'Thôn 4, xã Hòa Phú, tỉnh Đắk Lắk',
  idIssued: '2021-06-15', phone: '+84905123456', email: '',
}

it('any value comes back as it was, and a person takes less than half', () => {
  expect(unpack(pack(person))).toEqual(person)
  expect(pack(person).length).toBeLessThan(Buffer.byteLength(JSON.stringify(person)) / 2)
  const odd = fc.oneof(fc.jsonValue(), fc.record({ fullName: fc.string({ unit: 'grapheme' }), address: fc.string({ unit: 'binary' }), sex: fc.constantFrom('male', 'female', '') }))
  fc.assert(fc.property(odd, (value) => {
    expect(JSON.stringify(unpack(pack(value)))).toBe(JSON.stringify(value))
  }))
})

it('opens what was sealed as bare JSON', () => {
  expect(unpack(Buffer.from(JSON.stringify(person)))).toEqual(person)
})
