import type { ScreenKind } from '#shell/host.ts'

export type Language = 'vi' | 'en'

interface StartMessages {
  readonly screens: Readonly<Record<ScreenKind, string>>
  running(station: string, sample: boolean): string
  alreadyRunning(station: string): string
  /** What to do next with a sample. */
  readonly trySample: string
  noWindow(reason: string): string
  readonly building: string
  oldScreens(reason: string): string
  noScreens(folder: string, reason: string): string
  readonly fetching: string
  readonly electronFailed: string
  readonly noDisplay: string
  readonly noBrowser: string
  switches(found: readonly string[]): string
}

/** What `npm start` says to the technician at the machine. */
export const startMessages: Readonly<Record<Language, StartMessages>> = {
  vi: {
    screens: { kiosk: 'Máy lấy số', counter: 'Quầy', board: 'Bảng gọi số', touchpad: 'Máy đánh giá', supervisor: 'Lãnh đạo bộ phận' },
    running: (station, sample) =>
      `Một Cửa đang chạy: ${station}${sample ? ' (xã mẫu, thiết bị mô phỏng)' : ''}. Nhấn Ctrl+C để dừng, dữ liệu đã ghi vẫn còn. Địa chỉ các màn hình:`,
    trySample: 'Mời mở Lãnh đạo bộ phận: mục Dùng thử quét thẻ mẫu và đổi máy in, mục Thiết lập đưa máy này vào dùng thật.',
    alreadyRunning: (station) => `Một Cửa đã chạy sẵn trên dữ liệu này: ${station}. Mời dùng các màn hình đang mở, hoặc địa chỉ sau:`,
    noWindow: (reason) => `Chưa mở được cửa sổ (${reason}). Một Cửa vẫn chạy; mời mở các địa chỉ trên bằng trình duyệt.`,
    building: 'Đang dựng màn hình, khoảng 10 giây.',
    oldScreens: (reason) => `Chưa dựng lại được màn hình, dùng bản dựng lần trước.\n${reason}`,
    noScreens: (folder, reason) => `Chưa dựng được màn hình. Lần đầu, mời chạy bằng tài khoản được ghi vào ${folder}.\n${reason}`,
    fetching: 'Đang tải Electron, chỉ một lần (khoảng 120 MB).',
    electronFailed: 'Electron chưa mở được trên máy này. Chuyển sang trình duyệt của máy.',
    noDisplay: 'Máy này chưa có màn hình đồ họa. Mời mở các địa chỉ sau từ một trình duyệt.',
    noBrowser: 'Chưa thấy Chromium, Chrome hay Edge trên máy. Mời cài một trình duyệt, hoặc mở các địa chỉ sau từ máy khác.',
    switches: (found) => `Một Cửa không chạy với tham số gỡ lỗi (${found.join(' ')}). Mời bỏ tham số đó rồi mở lại.`,
  },
  en: {
    screens: { kiosk: 'Kiosk', counter: 'Counter', board: 'Board', touchpad: 'Touchpad', supervisor: 'Supervisor' },
    running: (station, sample) =>
      `Một Cửa is running: ${station}${sample ? ' (sample commune, simulated devices)' : ''}. Ctrl+C stops it, what was stored stays. Its screens:`,
    trySample: 'Open the supervisor page: Dùng thử scans sample cards and changes the printer, Thiết lập puts this machine to real use.',
    alreadyRunning: (station) => `Một Cửa is already running on this data: ${station}. Use the open screens, or these addresses:`,
    noWindow: (reason) => `No window could be opened (${reason}). Một Cửa is running; open the addresses above in a browser.`,
    building: 'Building the screens, about 10 seconds.',
    oldScreens: (reason) => `The screens could not be built again; using those of the last build.\n${reason}`,
    noScreens: (folder, reason) => `The screens could not be built. The first time, start from an account that may write to ${folder}.\n${reason}`,
    fetching: 'Fetching Electron, once only (about 120 MB).',
    electronFailed: 'Electron could not open on this machine. Using the browser of the machine.',
    noDisplay: 'This machine has no graphical display. Open these addresses in a browser.',
    noBrowser: 'No Chromium, Chrome or Edge was found. Install one, or open these addresses from another machine.',
    switches: (found) => `Một Cửa does not run with debugging switches (${found.join(' ')}). Leave them out and start again.`,
  },
}
