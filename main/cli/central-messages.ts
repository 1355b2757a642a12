import type { BackupError } from '#central/backup/format.ts'

/** What `motcua central …` says on stderr and, without --json, on stdout. */
export interface CentralMessages {
  readonly ready: (url: string) => string
  readonly unreachable: (detail: string) => string
  readonly noPassword: string
  readonly inUse: (folder: string) => string
  readonly newerSchema: (detail: string) => string
  readonly unsuitable: (detail: string) => string
  readonly badUrl: string
  readonly portTaken: (port: number) => string
  readonly badOffice: (code: string) => string
  readonly badName: string
  readonly badEnrolFile: (file: string) => string
  readonly badPort: string
  readonly badForward: string
  readonly enrolled: (office: string, key: string) => string
  readonly adminKey: (key: string) => string
  readonly backup: (reason: BackupError['reason'], problems: readonly string[]) => string
  readonly backedUp: (file: string, events: number, offices: number, verified: boolean) => string
  readonly restored: (at: string, events: number, offices: number, verified: boolean, kept: boolean) => string
}

const vi: CentralMessages = {
  ready: (url) => `Máy chủ tỉnh đang chạy: ${url}`,
  unreachable: (detail) => `Chưa nối được cơ sở dữ liệu (${detail}). Mời xem lại địa chỉ --database-url và máy PostgreSQL, rồi chạy lại.`,
  noPassword: 'PostgreSQL hỏi mật khẩu mà chưa có. Mời ghi vào tệp ~/.pgpass của tài khoản đang chạy lệnh này (quyền 600) một dòng: máy:cổng:*:tài-khoản:mật-khẩu',
  inUse: (folder) => `Thư mục ${folder} đang được một máy chủ tỉnh khác dùng. Dữ liệu còn nguyên; mời dừng máy chủ đó trước, hoặc chọn --data khác.`,
  newerSchema: (detail) => `Cơ sở dữ liệu này do phiên bản mới hơn ghi (${detail}). Dữ liệu còn nguyên; mời cài phiên bản đó.`,
  unsuitable: (detail) => `Không tạo được bảng trong cơ sở dữ liệu này (${detail}). Chưa có gì thay đổi; mời tạo cơ sở dữ liệu mới, trống, mã UTF8, chủ sở hữu là tài khoản trong địa chỉ, rồi chạy lại.`,
  badUrl: 'Địa chỉ --database-url cần có dạng postgresql://người-dùng:mật-khẩu@máy/cơ-sở-dữ-liệu.',
  portTaken: (port) => `Cổng ${port} đang có chương trình khác dùng. Mời chọn cổng khác bằng --port, hoặc --port 0.`,
  badOffice: (code) => `"${code}" chưa phải mã bộ phận. Mã chỉ gồm chữ, số, dấu chấm và gạch nối, ví dụ H15.50.05.13.`,
  badName: 'Tên bộ phận cần có từ 1 đến 200 ký tự, ví dụ "Phường Hòa Phú".',
  badEnrolFile: (file) => `Chưa đọc được ${file}. Tệp cần là JSON: [{"office":"H15.50.05.13","name":"…","key":"…"}], khóa ít nhất 16 ký tự, mỗi bộ phận một khóa riêng.`,
  badPort: 'Cổng là số từ 0 đến 65535.',
  badForward: 'Địa chỉ --forward-to cần bắt đầu bằng http:// hoặc https://, ví dụ https://motcua.tinh.gov.vn/api/DongBoHoSo.',
  enrolled: (office, key) => `Đã ghi danh ${office}. Khóa của bộ phận, chỉ hiện một lần này:\n${key}`,
  adminKey: (key) => `Khóa quản trị mới, chỉ hiện một lần này; khóa cũ hết hiệu lực:\n${key}`,
  backup: (reason, problems) => `${backupVi[reason]}${problems.map((problem) => `\n  ${problem}`).join('')}`,
  backedUp: (file, events, offices, verified) =>
    `Đã sao lưu ${events} sự kiện của ${offices} bộ phận vào ${file}.${verified ? ' Khôi phục thử: đúng.' : ' Mời khôi phục thử: motcua central restore --verify --from ' + file}`,
  restored: (at, events, offices, verified, kept) =>
    `${kept ? 'Đã khôi phục' : 'Khôi phục thử được'} ${events} sự kiện của ${offices} bộ phận, như lúc ${at}.${verified ? ' Chuỗi băm và các bảng đều đúng.' : ''}${
      kept ? ' Hãy chạy máy chủ tỉnh; các bộ phận sẽ tự gửi lại phần sau đó. Bộ phận ghi danh sau lúc ấy cần ghi danh lại.' : ''
    }`,
}

const backupVi: Readonly<Record<BackupError['reason'], string>> = {
  missing: 'Không đọc được tệp sao lưu. Mời xem lại đường dẫn --from và quyền đọc.',
  unwritable: 'Không ghi được tệp sao lưu; bản sao lưu trước đó còn nguyên. Mời xem lại --out, quyền ghi và chỗ trống của đĩa.',
  'not-central': 'Ở đó chưa có dữ liệu của máy chủ tỉnh. Mời xem lại --data hoặc --database-url.',
  'not-a-backup': 'Tệp này không phải bản sao lưu của máy chủ tỉnh. Mời chọn tệp do "motcua central backup" ghi.',
  damaged: 'Tệp sao lưu bị hỏng hoặc chưa trọn vẹn. Chưa có gì được ghi; mời dùng bản sao lưu khác.',
  'newer-schema': 'Bản sao lưu do phiên bản mới hơn ghi. Chưa có gì được ghi; mời cài phiên bản đó rồi khôi phục.',
  'not-empty': 'Cơ sở dữ liệu đích đang có dữ liệu hoặc bảng, nên không khôi phục vào đó. Mời tạo cơ sở dữ liệu mới, hoặc chọn --data là thư mục trống.',
  'not-verified': 'Khôi phục xong thì kiểm tra thấy sai, nên đã bỏ, cơ sở dữ liệu đích vẫn trống. Mời dùng bản sao lưu khác và giữ lại tệp này để xem xét:',
}

const en: CentralMessages = {
  ready: (url) => `Central server is running: ${url}`,
  unreachable: (detail) => `The database can't be reached (${detail}). Check --database-url and PostgreSQL, then start again.`,
  noPassword: 'PostgreSQL asks for a password and there is none. Put a line host:port:*:role:password into ~/.pgpass (mode 600) of the account that runs this command.',
  inUse: (folder) => `${folder} is in use by another central server. Its data is safe; stop that one first, or choose another --data.`,
  newerSchema: (detail) => `A newer version wrote this database (${detail}). Its data is safe; install that version.`,
  unsuitable: (detail) => `The tables can't be made in this database (${detail}). Nothing was changed; make a new, empty database in UTF8, owned by the role of the address, and start again.`,
  badUrl: '--database-url looks like postgresql://user:password@host/database.',
  portTaken: (port) => `Port ${port} is in use by another program. Choose another one with --port, or --port 0.`,
  badOffice: (code) => `"${code}" is not an office code: letters, digits, dots and hyphens, e.g. H15.50.05.13.`,
  badName: 'The name of an office has 1 to 200 characters, e.g. "Phường Hòa Phú".',
  badEnrolFile: (file) => `${file} can't be read. It should be JSON: [{"office":"H15.50.05.13","name":"…","key":"…"}], keys of 16 characters or more, each office its own.`,
  badPort: 'A port is a number from 0 to 65535.',
  badForward: '--forward-to begins with http:// or https://, e.g. https://motcua.tinh.gov.vn/api/DongBoHoSo.',
  enrolled: (office, key) => `${office} is enrolled. Its key, shown only now:\n${key}`,
  adminKey: (key) => `New admin key, shown only now; the old one ends:\n${key}`,
  backup: (reason, problems) => `${backupEn[reason]}${problems.map((problem) => `\n  ${problem}`).join('')}`,
  backedUp: (file, events, offices, verified) =>
    `Backed up ${events} events of ${offices} offices to ${file}.${verified ? ' Restored on trial: correct.' : ' Now restore it on trial: motcua central restore --verify --from ' + file}`,
  restored: (at, events, offices, verified, kept) =>
    `${kept ? 'Restored' : 'Could be restored:'} ${events} events of ${offices} offices, as of ${at}.${verified ? ' Hash chains and tables are correct.' : ''}${
      kept ? ' Start central; the offices send again what came after. Offices enrolled after that time must be enrolled again.' : ''
    }`,
}

const backupEn: Readonly<Record<BackupError['reason'], string>> = {
  missing: "The backup can't be read. Check --from and who may read it.",
  unwritable: "The backup can't be written; the one before it is untouched. Check --out, who may write there, and the room on the disk.",
  'not-central': 'There is no data of a central server there. Check --data or --database-url.',
  'not-a-backup': 'This file is not a backup of a central server. Choose one that "motcua central backup" wrote.',
  damaged: 'The backup is damaged or incomplete. Nothing was written; use another backup.',
  'newer-schema': 'A newer version wrote this backup. Nothing was written; install that version, then restore.',
  'not-empty': 'The target database holds data or tables, so nothing was restored into it. Make a new database, or choose an empty folder by --data.',
  'not-verified': 'What was restored did not verify, so it was dropped and the target is still empty. Use another backup and keep this file for inspection:',
}

/** Messages in Vietnamese unless English was asked for. */
export function centralMessages(lang: string | undefined): CentralMessages {
  return lang === 'en' ? en : vi
}
