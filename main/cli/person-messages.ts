import type { CliGlobals } from './answer.ts'

interface PersonMessages {
  readonly description: string
  readonly exporting: string
  readonly erasing: string
  readonly idOption: string
  readonly dataOption: string
  readonly badId: (id: string) => string
  readonly none: (folder: string) => string
  readonly locked: string
  readonly unreachable: (folder: string) => string
  readonly exported: (dossiers: number, drafts: number) => string
  readonly erased: (dossiers: number, drafts: number, everywhere: boolean) => string
}

export const personMessages: Readonly<Record<CliGlobals['lang'], PersonMessages>> = {
  vi: {
    description: 'dữ liệu của một người: xuất ra, xóa đi theo yêu cầu',
    exporting: 'xuất mọi dữ liệu về một người đang giữ ở máy này',
    erasing: 'xóa dữ liệu cá nhân của một người ở máy này và ở mọi máy của văn phòng',
    idOption: 'số định danh hoặc số CMND, hộ chiếu',
    dataOption: 'thư mục dữ liệu',
    badId: (id) => `"${id}" chưa phải số định danh (12 chữ số), CMND (9 chữ số) hay hộ chiếu.`,
    none: (folder) => `${folder}: không có sổ nhật ký nào ở đây. Mời xem lại --data.`,
    locked: 'Chìa khóa dữ liệu nằm trong kho của hệ điều hành. Mời mở Một Cửa rồi chạy lại lệnh này.',
    unreachable: (folder) => `Máy đang chạy trên ${folder} nhưng chưa trả lời. Mời đợi một phút rồi chạy lại, hoặc đóng Một Cửa trước.`,
    exported: (dossiers, drafts) =>
      `Máy này giữ ${dossiers} hồ sơ và ${drafts} tờ khai dở của người này. Thêm --json để lấy toàn bộ. Quầy khác của văn phòng giữ phần của quầy đó: chạy lệnh này ở từng quầy.`,
    erased: (dossiers, drafts, everywhere) =>
      `Đã xóa dữ liệu cá nhân trong ${dossiers} hồ sơ và ${drafts} tờ khai dở ở máy này. ` +
      (everywhere ? 'Các máy khác của văn phòng xóa khi nối lại. ' : 'Máy này chưa nối với máy chủ văn phòng lần nào: mời chạy lệnh này ở các máy khác. ') +
      'Bản sao lưu không được xóa ở đây: mời hủy các bản cũ theo quy định.',
  },
  en: {
    description: "a person's data: give it out, erase it on request",
    exporting: 'gives out all that this station holds of a person',
    erasing: 'erases the personal data of a person at this station and at every station of the office',
    idOption: 'ID number, or number of the old card or passport',
    dataOption: 'data folder',
    badId: (id) => `"${id}" is no ID number (12 digits), old ID card (9 digits) or passport.`,
    none: (folder) => `${folder}: no journal here. Check --data.`,
    locked: "The key of the data lies in the operating system's store. Open Một Cửa and run this command again.",
    unreachable: (folder) => `The station on ${folder} is running but does not answer. Wait a minute and run this again, or close Một Cửa first.`,
    exported: (dossiers, drafts) =>
      `This station holds ${dossiers} dossiers and ${drafts} unfinished forms of this person. Add --json for all of it. Other counters hold their own part: run this command at each.`,
    erased: (dossiers, drafts, everywhere) =>
      `Personal data erased in ${dossiers} dossiers and ${drafts} unfinished forms at this station. ` +
      (everywhere ? 'The other stations of the office erase theirs when they connect. ' : 'This station has never met its hub: run this command at the others too. ') +
      'Backups are not touched: destroy the old ones as your rules say.',
  },
}
