import type { CliGlobals } from './answer.ts'
import type { Renewal } from '#journal/renew-epoch.ts'

interface StationMessages {
  readonly description: string
  readonly newEpoch: string
  readonly dataOption: string
  readonly none: (folder: string) => string
  readonly running: (folder: string) => string
  readonly renewed: (renewal: Renewal) => string
  /** What a hub does besides. */
  readonly renewedHub: string
}

export const stationMessages: Readonly<Record<CliGlobals['lang'], StationMessages>> = {
  vi: {
    description: 'việc của một máy',
    newEpoch: 'cho dữ liệu của máy này một kỷ nguyên mới, khi ổ đĩa đã bị nhân bản hoặc dữ liệu được chép lại từ bản sao lưu',
    dataOption: 'thư mục dữ liệu',
    none: (folder) => `${folder}: không có sổ nhật ký nào ở đây. Mời xem lại --data.`,
    running: (folder) => `Máy này đang chạy trên ${folder}. Mời đóng Một Cửa trước, chạy lại lệnh này, rồi mở Một Cửa.`,
    renewed: ({ to, moved }) =>
      `Đã cấp kỷ nguyên mới: ${to}. ${moved === 0 ? 'Mọi việc đã ghi vẫn giữ nguyên' : `${moved} việc chỉ có ở máy này được chuyển sang kỷ nguyên mới, sẽ gửi đi khi mở lại`}. ` +
      'Mời mở lại Một Cửa. Nếu hai máy cùng dùng một bản dữ liệu: đợi trang Đồng bộ báo Đã gửi hết, rồi ghép máy này lại với tên khác.',
    renewedHub: 'Máy này là máy chủ văn phòng: hôm nay số đi tiếp từ khoảng 1002 để không trùng số đã phát sau bản sao lưu; những gì bản sao lưu thiếu sẽ được lấy lại từ hệ thống tỉnh và máy dự phòng.',
  },
  en: {
    description: 'things about one station',
    newEpoch: "gives this station's data a new epoch, after its disk was cloned or its data put back from a backup",
    dataOption: 'data folder',
    none: (folder) => `${folder}: no journal here. Check --data.`,
    running: (folder) => `The station is running on ${folder}. Close Một Cửa, run this command again, then open it.`,
    renewed: ({ to, moved }) =>
      `New epoch: ${to}. ${moved === 0 ? 'All that was stored stays' : `${moved} events that stood only here go on under it and are sent at the next start`}. ` +
      'Open Một Cửa again. If two machines use a copy of the same data: wait until the page Đồng bộ says that all is sent, then pair this one under another name.',
    renewedHub: 'This is the hub: today its numbers go on from about 1002, so that none given after the backup is given again; what the backup lacks comes back from central and the spares.',
  },
}
