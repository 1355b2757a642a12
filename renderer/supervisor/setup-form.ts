import type { SetupView, StationSetup } from '#contract/supervisor.ts'

export type Role = StationSetup['roles'][number]
export const allRoles: readonly Role[] = ['hub', 'kiosk', 'counter', 'board', 'touchpad', 'supervisor']

export const drawers = ['none', 'pin2', 'pin5'] as const
export type Drawer = (typeof drawers)[number]

export const terminalKinds = ['zvt', 'ecr', 'hand'] as const
export type TerminalKind = (typeof terminalKinds)[number]

/** The set-up page while it is edited: every field a text, groups that don't apply kept so that a change of mind loses nothing. */
export interface SetupForm {
  readonly stationName: string
  readonly roles: readonly Role[]
  readonly hubUrl: string
  readonly hubToken: string
  readonly counter: string
  readonly staffName: string
  readonly unit: string
  readonly commune: string
  readonly province: string
  readonly agency: string
  readonly phone: string
  readonly printerAddress: string
  readonly printerProfile: string
  readonly printerDrawer: Drawer
  readonly backupAddress: string
  readonly backupProfile: string
  readonly backupDrawer: Drawer
  readonly scannerAddress: string
  readonly bankBin: string
  readonly bankName: string
  readonly bankAccount: string
  readonly bankAccountName: string
  readonly terminalKind: TerminalKind | ''
  readonly terminalAddress: string
  readonly terminalProfile: string
  readonly terminalExponent: '0' | '2'
  readonly centralUrl: string
  readonly centralKey: string
  /** Addresses whose key the station holds; with the same address an empty key keeps it. */
  readonly kept: { readonly hubUrl: string | null; readonly centralUrl: string | null }
}

export type SetupField = Exclude<keyof SetupForm, 'kept'>
/** What is wrong with a field; keys of the catalogue under `supervisor.wrong.`. */
export type SetupProblem = 'empty' | 'roles' | 'hub-missing' | 'hub-url' | 'hub-token' | 'counter' | 'agency' | 'phone' | 'device' | 'profile' | 'bank' | 'bank-bin' | 'bank-account' | 'terminal-address' | 'central-url' | 'central-key'

export function toForm({ setup, kept }: Pick<SetupView, 'setup' | 'kept'>): SetupForm {
  const { office, printer, backupPrinter, scanner, central, bank, terminal } = setup
  return {
    stationName: setup.stationName, roles: setup.roles, hubUrl: setup.hubUrl, hubToken: setup.hubToken, counter: setup.counter === null ? '' : String(setup.counter),
    staffName: setup.staffName, unit: office.unit, commune: office.commune, province: office.province, agency: office.agency, phone: office.phone,
    printerAddress: printer?.address ?? '', printerProfile: printer?.profile ?? '', printerDrawer: printer?.drawer ?? 'pin2',
    backupAddress: backupPrinter?.address ?? '', backupProfile: backupPrinter?.profile ?? '', backupDrawer: backupPrinter?.drawer ?? 'pin2', scannerAddress: scanner?.address ?? '',
    bankBin: bank?.bin ?? '', bankName: bank?.name ?? '', bankAccount: bank?.account ?? '', bankAccountName: bank?.accountName ?? '',
    terminalKind: terminal?.protocol ?? '', terminalAddress: terminal?.address ?? '', terminalProfile: terminal?.profile ?? '', terminalExponent: terminal?.exponent === 2 ? '2' : '0',
    centralUrl: central?.url ?? '', centralKey: central?.key ?? '',
    kept: { hubUrl: kept.hubToken ? setup.hubUrl : null, centralUrl: kept.centralKey ? (central?.url ?? null) : null },
  }
}

/** Which groups a station of these roles needs. A hub serves itself; only a station without that role asks another. */
export const needs = {
  hubAddress: (form: SetupForm) => !form.roles.includes('hub'),
  terminalAddress: (form: SetupForm) => form.terminalKind === 'zvt' || form.terminalKind === 'ecr',
  /** One part of a bank account needs the others. */
  bank: (form: SetupForm) => [form.bankBin, form.bankName, form.bankAccount, form.bankAccountName].some((part) => part.trim() !== ''),
  counter: (form: SetupForm) => form.roles.includes('counter') || form.roles.includes('touchpad'),
}

/** Whether a key may stay empty because the station holds the one for this address. */
export const isKept = {
  hubToken: (form: SetupForm) => form.kept.hubUrl !== null && form.kept.hubUrl === form.hubUrl.trim(),
  centralKey: (form: SetupForm) => form.kept.centralUrl !== null && form.kept.centralUrl === form.centralUrl.trim(),
}

/** What is sent. Fields of groups that don't apply go out empty. */
export function toSetup(form: SetupForm): StationSetup {
  const text = (value: string) => value.trim()
  const printer = text(form.printerAddress)
  const backup = text(form.backupAddress)
  const scanner = text(form.scannerAddress)
  const central = text(form.centralUrl)
  return {
    stationName: text(form.stationName),
    roles: [...form.roles],
    hubUrl: needs.hubAddress(form) ? text(form.hubUrl) : '',
    hubToken: needs.hubAddress(form) ? text(form.hubToken) : '',
    counter: needs.counter(form) ? Number(form.counter) : null,
    staffName: needs.counter(form) ? text(form.staffName) : '',
    office: { unit: text(form.unit), commune: text(form.commune), province: text(form.province), agency: text(form.agency), phone: text(form.phone) },
    printer: printer === '' ? null : { address: printer, profile: form.printerProfile, drawer: form.printerDrawer },
    backupPrinter: backup === '' ? null : { address: backup, profile: form.backupProfile, drawer: form.backupDrawer },
    scanner: scanner === '' ? null : { address: scanner },
    bank: needs.bank(form) ? { bin: text(form.bankBin), name: text(form.bankName), account: text(form.bankAccount), accountName: text(form.bankAccountName) } : null,
    terminal: terminalOf(form),
    central: central === '' ? null : { url: central, key: text(form.centralKey) },
  }
}

function terminalOf(form: SetupForm): StationSetup['terminal'] {
  const { terminalKind: protocol, terminalProfile } = form
  if (protocol === '') return null
  const profile = protocol === 'ecr' && terminalProfile !== '' ? terminalProfile : null
  return { protocol, address: needs.terminalAddress(form) ? form.terminalAddress.trim() : '', profile, exponent: form.terminalExponent === '2' ? 2 : 0 }
}

const agencyCode = /^[A-Z]\d{2}(\.\d{2,3}){0,4}$/

function isUrl(text: string, schemes: readonly string[]): boolean {
  try {
    const url = new URL(text.trim())
    return schemes.includes(url.protocol) && url.hostname !== ''
  } catch {
    return false
  }
}

/** `tcp://host:port`, `serial:/dev/ttyUSB0?baud=9600`, `serial:COM3`, `file:PATH`; the station reads the options. */
export const isDeviceAddress = (text: string): boolean => /^(tcp:\/\/(\[[\da-f:.]+\]|[^/:?#\s]+):\d{1,5}\/?|(serial|file):\S.*)$/i.test(text.trim())

const isPhone = (text: string) => /^[\d\s.()+-]{8,20}$/.test(text.trim())

/** The first thing wrong with a field, null when it may be saved. */
export function problemOf(form: SetupForm, field: SetupField): SetupProblem | null {
  const blank = (value: string) => value.trim() === ''
  switch (field) {
    case 'stationName':
    case 'unit':
    case 'commune':
    case 'province':
      return blank(form[field]) ? 'empty' : null
    case 'roles':
      return form.roles.length === 0 ? 'roles' : null
    case 'agency':
      return agencyCode.test(form.agency.trim()) ? null : 'agency'
    case 'phone':
      return blank(form.phone) || isPhone(form.phone) ? null : 'phone'
    case 'counter':
      return !needs.counter(form) || /^[1-9]\d?$/.test(form.counter.trim()) ? null : 'counter'
    case 'hubUrl':
      if (needs.hubAddress(form) && blank(form.hubUrl)) return 'hub-missing'
      return !needs.hubAddress(form) || isUrl(form.hubUrl, ['http:', 'https:', 'ws:', 'wss:']) ? null : 'hub-url'
    case 'hubToken':
      return needs.hubAddress(form) && blank(form.hubToken) && !isKept.hubToken(form) ? 'hub-token' : null
    case 'printerAddress':
    case 'backupAddress':
    case 'scannerAddress':
      return blank(form[field]) || isDeviceAddress(form[field]) ? null : 'device'
    case 'printerProfile':
      return !blank(form.printerAddress) && blank(form.printerProfile) ? 'profile' : null
    case 'backupProfile':
      return !blank(form.backupAddress) && blank(form.backupProfile) ? 'profile' : null
    case 'bankBin':
      return !needs.bank(form) || /^\d{6}$/.test(form.bankBin.trim()) ? null : 'bank-bin'
    case 'bankAccount':
      return !needs.bank(form) || /^[0-9A-Za-z]{4,19}$/.test(form.bankAccount.trim()) ? null : 'bank-account'
    case 'bankName':
    case 'bankAccountName':
      return needs.bank(form) && blank(form[field]) ? 'bank' : null
    case 'terminalAddress':
      return !needs.terminalAddress(form) || isDeviceAddress(form.terminalAddress) ? null : 'terminal-address'
    case 'centralUrl':
      return blank(form.centralUrl) || isUrl(form.centralUrl, ['http:', 'https:']) ? null : 'central-url'
    case 'centralKey':
      return !blank(form.centralUrl) && blank(form.centralKey) && !isKept.centralKey(form) ? 'central-key' : null
    case 'staffName':
    case 'printerDrawer':
    case 'backupDrawer':
    case 'terminalKind':
    case 'terminalProfile':
    case 'terminalExponent':
      return null
  }
}

/** In the order of the page. */
export const fieldOrder: readonly SetupField[] = [
  'stationName', 'roles', 'counter', 'staffName', 'hubUrl', 'hubToken', 'unit', 'commune', 'province', 'agency', 'phone', 'printerAddress', 'printerProfile', 'printerDrawer', 'backupAddress', 'backupProfile', 'backupDrawer', 'scannerAddress',
  'bankBin', 'bankName', 'bankAccount', 'bankAccountName', 'terminalKind', 'terminalProfile', 'terminalAddress', 'terminalExponent',
  'centralUrl', 'centralKey',
]

export interface WrongField {
  readonly field: SetupField
  readonly problem: SetupProblem
}

/** Everything that keeps the form from being saved, in the order of the page. */
export const problemsOf = (form: SetupForm): readonly WrongField[] =>
  fieldOrder.flatMap((field) => {
    const problem = problemOf(form, field)
    return problem === null ? [] : [{ field, problem }]
  })
