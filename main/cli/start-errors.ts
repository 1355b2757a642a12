import { dirname } from 'node:path'
import type { Language } from './start-messages.ts'

interface StartErrorWords {
  noConfig(file: string): string
  badConfig(details: string): string
  portTaken(port: number): string
  portRefused(port: number): string
  noSuchAddress(host: string): string
  folder(dir: string, reason: string): string
  notOurs(file: string): string
  vaultKey(file: string): string
  superseded(): string
  readonly reasons: Readonly<Record<string, string>>
}

const words: Readonly<Record<Language, StartErrorWords>> = {
  vi: {
    noConfig: (file) => `Không có tệp cấu hình ${file}. Mời xem lại đường dẫn sau --config.`,
    badConfig: (details) => `Cấu hình của máy này chưa đúng, mời sửa các ô sau rồi chạy lại.\n${details}`,
    portTaken: (port) => `Cổng ${port} đang có chương trình khác dùng. Mời chọn cổng khác bằng --port, hoặc --port 0 để máy tự chọn.`,
    portRefused: (port) => `Tài khoản này không được mở cổng ${port}. Mời chọn cổng từ 1024 trở lên bằng --port.`,
    noSuchAddress: (host) => `Máy này không có địa chỉ ${host}. Mời xem lại listen.host trong station.json; 0.0.0.0 là mọi địa chỉ của máy.`,
    folder: (dir, reason) => `Chưa ghi được vào thư mục dữ liệu ${dir}: ${reason}. Mời chọn thư mục khác bằng --data, hoặc cấp quyền ghi cho thư mục này.`,
    notOurs: (file) => `Sổ nhật ký trong ${file} không đọc được như một sổ của Một Cửa. Giữ nguyên thư mục này và báo người phụ trách.`,
    vaultKey: (file) => `Dữ liệu cá nhân trong ${file} được khóa bằng chìa khác. Mời đặt lại đúng tệp vault.key của thư mục này (bản sao lưu), đừng xóa tệp nào.`,
    superseded: () => 'Máy này không còn là máy chủ của văn phòng: một máy khác đã thay. Mời ghép nó lại như một trạm: ở máy chủ mới mở mã ghép (mục Thiết bị và trạm), rồi chạy ở đây: motcua station pair --code MÃ',
    reasons: { EACCES: 'không có quyền', EPERM: 'không có quyền', EROFS: 'ổ đĩa chỉ cho đọc', ENOSPC: 'ổ đĩa đã đầy', ENOTDIR: 'đường dẫn đi qua một tệp', EEXIST: 'đây là một tệp, không phải thư mục', ENOENT: 'không tạo được thư mục ở đây', SQLITE_CANTOPEN: 'không mở được tệp', SQLITE_READONLY: 'chỉ cho đọc', SQLITE_FULL: 'ổ đĩa đã đầy' },
  },
  en: {
    noConfig: (file) => `There is no configuration file ${file}. Check the path after --config.`,
    badConfig: (details) => `The configuration of this machine is not right; mend these fields and start again.\n${details}`,
    portTaken: (port) => `Port ${port} is used by another program. Choose another with --port, or --port 0 for any free one.`,
    portRefused: (port) => `This account may not open port ${port}. Choose one from 1024 up with --port.`,
    noSuchAddress: (host) => `This machine has no address ${host}. Check listen.host in station.json; 0.0.0.0 is every address of the machine.`,
    folder: (dir, reason) => `The data folder ${dir} can't be written: ${reason}. Choose another with --data, or allow writing to it.`,
    notOurs: (file) => `The journal in ${file} can't be read as one of Một Cửa. Leave the folder as it is and tell whoever is in charge.`,
    vaultKey: (file) => `The personal data in ${file} is locked with another key. Put this folder's own vault.key back (from the backup); delete nothing.`,
    superseded: () => 'This machine is the office’s hub no more: another has taken over. Link it again as a station: open a pairing code at the new hub (page Thiết bị và trạm), then run here: motcua station pair --code CODE',
    reasons: { EACCES: 'not allowed', EPERM: 'not allowed', EROFS: 'the disk is read-only', ENOSPC: 'the disk is full', ENOTDIR: 'the path leads through a file', EEXIST: 'this is a file, not a folder', ENOENT: 'no folder can be made here', SQLITE_CANTOPEN: 'a file could not be opened', SQLITE_READONLY: 'read-only', SQLITE_FULL: 'the disk is full' },
  },
}

/** What a technician reads when the station does not start, and what to do next; the error's own words when it is none of the known ones. */
export function startErrorText(error: unknown, data: string, language: Language): string {
  if (!(error instanceof Error)) return String(error)
  const say = words[language]
  if (error.name === 'NoConfigError') return say.noConfig(error.message)
  if (error.name === 'ConfigError') return say.badConfig(error.message)
  if (error.name === 'HubSupersededError') return say.superseded()
  if (error.name === 'VaultKeyError') return say.vaultKey(error.message)
  const { code = '', path, port, address, syscall } = error as NodeJS.ErrnoException & { readonly port?: number; readonly address?: string }
  if (code === 'EADDRINUSE') return say.portTaken(port ?? 0)
  if (code === 'EACCES' && syscall === 'listen') return say.portRefused(port ?? 0)
  if (syscall === 'getaddrinfo' || code === 'EADDRNOTAVAIL') return say.noSuchAddress(address ?? (error as { readonly hostname?: string }).hostname ?? '')
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return say.notOurs(data)
  const reason = say.reasons[code] ?? say.reasons[code.replace(/^(SQLITE_[A-Z]+)_.*/, '$1')]
  const ours = path === undefined || path === data || path.startsWith(data) || data.startsWith(dirname(path))
  return reason !== undefined && syscall !== 'connect' && ours ? say.folder(data, reason) : error.message
}
