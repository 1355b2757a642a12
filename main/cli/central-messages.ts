/** What `motcua central …` says on stderr and, without --json, on stdout. */
export interface CentralMessages {
  readonly ready: (url: string) => string
  readonly unreachable: (detail: string) => string
  readonly inUse: (folder: string) => string
  readonly newerSchema: (detail: string) => string
  readonly badUrl: string
  readonly portTaken: (port: number) => string
  readonly badOffice: (code: string) => string
  readonly badEnrolFile: (file: string) => string
  readonly badPort: string
  readonly enrolled: (office: string, key: string) => string
  readonly adminKey: (key: string) => string
}

const vi: CentralMessages = {
  ready: (url) => `Máy chủ tỉnh đang chạy: ${url}`,
  unreachable: (detail) => `Chưa nối được cơ sở dữ liệu (${detail}). Mời xem lại địa chỉ --database-url và máy PostgreSQL, rồi chạy lại.`,
  inUse: (folder) => `Thư mục ${folder} đang được một máy chủ tỉnh khác dùng. Dữ liệu còn nguyên; mời dừng máy chủ đó trước, hoặc chọn --data khác.`,
  newerSchema: (detail) => `Cơ sở dữ liệu này do phiên bản mới hơn ghi (${detail}). Dữ liệu còn nguyên; mời cài phiên bản đó.`,
  badUrl: 'Địa chỉ --database-url cần có dạng postgresql://người-dùng:mật-khẩu@máy/cơ-sở-dữ-liệu.',
  portTaken: (port) => `Cổng ${port} đang có chương trình khác dùng. Mời chọn cổng khác bằng --port, hoặc --port 0.`,
  badOffice: (code) => `"${code}" chưa phải mã bộ phận. Mã chỉ gồm chữ, số, dấu chấm và gạch nối, ví dụ H15.50.05.13.`,
  badEnrolFile: (file) => `Chưa đọc được ${file}. Tệp cần là JSON: [{"office":"H15.50.05.13","name":"…","key":"…"}], khóa ít nhất 16 ký tự.`,
  badPort: 'Cổng là số từ 0 đến 65535.',
  enrolled: (office, key) => `Đã ghi danh ${office}. Khóa của bộ phận, chỉ hiện một lần này:\n${key}`,
  adminKey: (key) => `Khóa quản trị mới, chỉ hiện một lần này; khóa cũ hết hiệu lực:\n${key}`,
}

const en: CentralMessages = {
  ready: (url) => `Central server is running: ${url}`,
  unreachable: (detail) => `The database can't be reached (${detail}). Check --database-url and PostgreSQL, then start again.`,
  inUse: (folder) => `${folder} is in use by another central server. Its data is safe; stop that one first, or choose another --data.`,
  newerSchema: (detail) => `A newer version wrote this database (${detail}). Its data is safe; install that version.`,
  badUrl: '--database-url looks like postgresql://user:password@host/database.',
  portTaken: (port) => `Port ${port} is in use by another program. Choose another one with --port, or --port 0.`,
  badOffice: (code) => `"${code}" is not an office code: letters, digits, dots and hyphens, e.g. H15.50.05.13.`,
  badEnrolFile: (file) => `${file} can't be read. It should be JSON: [{"office":"H15.50.05.13","name":"…","key":"…"}], keys of 16 characters or more.`,
  badPort: 'A port is a number from 0 to 65535.',
  enrolled: (office, key) => `${office} is enrolled. Its key, shown only now:\n${key}`,
  adminKey: (key) => `New admin key, shown only now; the old one ends:\n${key}`,
}

/** Messages in Vietnamese unless English was asked for. */
export function centralMessages(lang: string | undefined): CentralMessages {
  return lang === 'en' ? en : vi
}
