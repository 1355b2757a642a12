import { describe, expect, it } from 'vitest'
import { stationSetup, type StationSetup } from '#contract/supervisor.ts'
import { supervisorView } from '../dev/supervisor-views.ts'
import { countersDoing, satisfaction, waitBands } from './figures.ts'
import { axisEnd, placeDots } from './floor.ts'
import { isDeviceAddress, problemsOf, toForm, toSetup, type SetupForm } from './setup-form.ts'
import { tasksOf } from './tasks.ts'

const wait = (number: string, minutes: number) => ({ number, minutes, priority: false })

describe('the strip of the waiting room', () => {
  it('places one dot a person at the minutes waited, and names those over 30', () => {
    const dots = placeDots([wait('D003', 41), wait('D009', 12), wait('D004', 33)], 45)
    expect(dots.map(({ number, lane, level, named }) => [number, lane, level, named])).toEqual([
      ['D009', 0, 'calm', false], ['D004', 0, 'danger', true], ['D003', 0, 'danger', true],
    ])
    expect(dots[0]?.x).toBeCloseTo(12 / 45)
  })

  it('moves dots of the same minute out of each other’s way and leaves no name where it would cover another dot', () => {
    const dots = placeDots([wait('A1', 31), wait('A2', 31), wait('A3', 31), wait('A4', 33)], 45)
    expect(new Set(dots.slice(0, 3).map((dot) => dot.lane)).size).toBe(3)
    expect(dots.filter((dot) => dot.named).map((dot) => dot.number)).toEqual(['A4'])
  })

  it('grows in quarters of an hour up to two hours; who waits longer stands at its end', () => {
    const services = (minutes: number) => [{ waits: [wait('A1', minutes)] }]
    expect([axisEnd([]), axisEnd(services(44)), axisEnd(services(45)), axisEnd(services(300))]).toEqual([45, 45, 60, 120])
    expect(placeDots([wait('A1', 300)], 120)[0]?.x).toBe(1)
  })
})

describe('figures', () => {
  it('count people by their wait and answers by their worth', () => {
    expect(waitBands({ services: [{ ...supervisorView.services[0]!, waits: [wait('A', 15), wait('B', 16), wait('C', 30), wait('D', 31)] }] })).toEqual({ calm: 1, warn: 2, danger: 1, all: 4 })
    expect(satisfaction([30, 11, 2, 1, 0])).toEqual({ all: 44, satisfied: 41 })
    expect(satisfaction([0, 0, 0, 0, 0])).toEqual({ all: 0, satisfied: 0 })
  })

  it('tell free from paused, busy and closed counters', () => {
    expect(countersDoing(supervisorView)).toEqual({ busy: [2, 3, 4, 5], paused: [6], closed: [], free: [1] })
  })
})

describe('tasksOf', () => {
  it('lists what is wrong, the gravest first, and nothing else', () => {
    expect(tasksOf(supervisorView).map(({ kind, urgency }) => `${urgency} ${kind}`)).toEqual(['0 long-wait', '0 device', '1 device', '1 print', '1 print', '1 sync'])
  })

  it('is empty when all is well', () => {
    const calm = { ...supervisorView, services: [], prints: [], devices: supervisorView.devices.map((device) => ({ ...device, state: 'ok' as const })), sync: [] }
    expect(tasksOf(calm)).toEqual([])
  })
})

describe('the set-up form', () => {
  const setup: StationSetup = {
    stationName: 'Quầy 3', roles: ['counter', 'touchpad'], hubUrl: 'http://192.168.1.10:7410', hubToken: '', counter: 3, staffName: 'Trần Thị Mỹ Hạnh',
    office: { unit: 'Trung tâm Phục vụ hành chính công', commune: 'xã Hòa Phú', province: 'tỉnh Đắk Lắk', agency: 'H15.50.05.13', phone: '0262 3555 000' },
    printer: { address: 'tcp://192.168.1.60:9100', profile: 'epson-tm-t82', drawer: 'pin5' }, backupPrinter: null, scanner: { address: 'serial:/dev/ttyACM0?baud=9600' }, central: null,
  bank: { bin: '970436', name: 'Vietcombank', account: '0123456789', accountName: 'TRUNG TAM PVHCC XA HOA PHU' }, terminal: { protocol: 'ecr', address: 'serial:usb=0BDA:8153:A920?baud=115200', profile: 'ghl', exponent: 2 },
  }
  const form = toForm({ setup, kept: { hubToken: true, centralKey: false } })
  const wrong = (change: Partial<SetupForm>) => problemsOf({ ...form, ...change }).map(({ field, problem }) => `${field}: ${problem}`)

  it('gives back what it was given', () => {
    expect(toSetup(form)).toEqual(setup)
    expect(problemsOf(form)).toEqual([])
  })

  it('wants a bank account whole, and an address for a terminal on a cable', () => {
    expect(wrong({ bankBin: '97043', bankName: ' ' })).toEqual(['bankBin: bank-bin', 'bankName: bank'])
    expect(toSetup({ ...form, bankBin: '', bankName: '', bankAccount: '', bankAccountName: '' }).bank).toBe(null)
    expect(wrong({ terminalAddress: '' })).toEqual(['terminalAddress: terminal-address'])
    expect(toSetup({ ...form, terminalKind: 'hand' }).terminal).toMatchObject({ protocol: 'hand', address: '', profile: null })
  })

  it('lets nothing through that the station would refuse', () => {
    for (const change of [{ agency: 'h15' }, { stationName: '  ' }, { roles: [] }, { counter: '0' }, { counter: '100' }]) {
      const changed = { ...form, ...change }
      expect(stationSetup.safeParse(toSetup(changed)).success).toBe(false)
      expect(problemsOf(changed)).toHaveLength(1)
    }
    expect(stationSetup.safeParse(toSetup(form)).success).toBe(true)
  })

  it('asks for the hub only where the station is none, and for a counter only where there is one', () => {
    expect(wrong({ roles: ['hub', 'board'], hubUrl: '', hubToken: '', counter: '' })).toEqual([])
    expect(wrong({ hubUrl: '192.168.1.10', hubToken: '' })).toEqual(['hubUrl: hub-url', 'hubToken: hub-token'])
    expect(wrong({ hubUrl: '' })).toEqual(['hubUrl: hub-missing', 'hubToken: hub-token'])
    expect(wrong({ roles: ['kiosk'], hubUrl: ' ' })).toContain('hubUrl: hub-missing')
    expect(toSetup({ ...form, roles: ['hub', 'board'] })).toMatchObject({ hubUrl: '', hubToken: '', counter: null, staffName: '' })
  })

  it('keeps a key that is not shown, for the address it was given for only', () => {
    expect(wrong({})).toEqual([])
    expect(wrong({ hubUrl: 'http://192.168.1.66:7410' })).toEqual(['hubToken: hub-token'])
    const withCentral = toForm({ setup: { ...setup, central: { url: 'https://tinh.example', key: '' } }, kept: { hubToken: true, centralKey: true } })
    expect(problemsOf(withCentral)).toEqual([])
    expect(problemsOf({ ...withCentral, centralUrl: 'https://other.example' })).toMatchObject([{ field: 'centralKey' }])
  })

  it('takes a device away when its address is emptied, and wants the profile with a printer', () => {
    expect(toSetup({ ...form, printerAddress: ' ', scannerAddress: '' })).toMatchObject({ printer: null, scanner: null })
    expect(wrong({ printerProfile: '' })).toEqual(['printerProfile: profile'])
    expect(wrong({ backupAddress: 'tcp://192.168.1.61:9100' })).toEqual(['backupProfile: profile'])
    expect(wrong({ centralUrl: 'https://tinh.example', centralKey: '' })).toEqual(['centralKey: central-key'])
  })

  it.each([
    ['tcp://192.168.1.60:9100', true], ['tcp://[fe80::1]:9100', true], ['serial:COM3', true], ['serial:/dev/ttyUSB0?baud=115200', true], ['file:/tmp/phieu.bin', true],
    ['192.168.1.60', false], ['tcp://192.168.1.60', false], ['usb:1', false], ['serial:', false],
  ])('reads %s as a device: %s', (address, ok) => {
    expect(isDeviceAddress(address)).toBe(ok)
  })
})
