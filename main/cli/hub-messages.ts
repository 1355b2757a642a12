import type { CliGlobals } from './answer.ts'
import type { JoinFault } from '#lan/join.ts'

interface HubMessages {
  readonly pair: string
  readonly code: string
  readonly hub: string
  readonly name: string
  readonly port: string
  readonly badPort: string
  readonly data: string
  readonly running: (folder: string) => string
  readonly badCode: string
  readonly badHub: string
  readonly searching: string
  readonly noneFound: string
  readonly severalFound: (hubs: readonly string[]) => string
  readonly faults: Readonly<Record<JoinFault, string>>
  readonly paired: (station: string, hub: string, fingerprint: string) => string
  readonly hubCommand: string
  readonly promote: string
  readonly force: string
  readonly refusals: Readonly<Record<string, string>>
  readonly notBack: string
  readonly promoted: (term: number, url: string | null) => string
  readonly showCode: string
  readonly purpose: string
  readonly badPurpose: string
  readonly notRunning: (folder: string) => string
  readonly shown: (code: string, until: string, screen: boolean) => string
}

/** Words of `station pair`, `hub promote` and `hub code`. */
export const hubMessages: Readonly<Record<CliGlobals['lang'], HubMessages>> = {
  vi: {
    pair: 'ghép máy này vào văn phòng bằng mã hiện ở máy chủ',
    code: 'mã ghép, ví dụ K7QM-4XPT',
    hub: 'địa chỉ máy chủ, ví dụ 192.168.1.10:7470; không có thì tự tìm trong mạng',
    name: 'tên của máy này, ví dụ "Quầy 3"',
    port: 'cổng của máy này',
    badPort: 'Cổng là số từ 1 đến 65535.',
    data: 'thư mục dữ liệu',
    running: (folder) => `Máy này đang chạy trên ${folder}. Mời đóng Một Cửa trước, chạy lại lệnh này, rồi mở Một Cửa.`,
    badCode: 'Mã ghép có 8 chữ và số, ví dụ K7QM-4XPT. Mời xem lại mã trên màn hình máy chủ, trang Trạm.',
    badHub: 'Địa chỉ máy chủ chưa đúng. Ví dụ: --hub 192.168.1.10:7470',
    searching: 'Đang tìm máy chủ trong mạng…',
    noneFound: 'Chưa thấy máy chủ nào trong mạng. Mời bật máy chủ, hoặc gõ địa chỉ: --hub 192.168.1.10:7470',
    severalFound: (hubs) => `Thấy nhiều máy chủ: ${hubs.join(', ')}. Mời chọn một: --hub ĐỊA-CHỈ`,
    faults: {
      unreachable: 'Chưa nối được máy chủ ở địa chỉ ấy. Mời xem máy chủ đã bật chưa, cổng 7470 có được tường lửa cho qua không.',
      wrong: 'Mã chưa đúng, hoặc có máy khác chen giữa đường. Mời gõ lại mã; sai 5 lần thì mở mã mới ở máy chủ.',
      closed: 'Mã này đã dùng, đã hết hạn hoặc sai quá 5 lần. Mời mở mã mới ở máy chủ, trang Trạm.',
      'name-taken': 'Tên ấy là của máy chủ, hoặc của một máy đang nối vào máy chủ. Mời ghép lại bằng chính mã này với tên khác (--name), hoặc tắt máy kia trước.',
      'not-a-station': 'Mã này là của bảng gọi số hoặc bàn đánh giá: ở trình duyệt của màn hình ấy mở https://<máy chủ>:7470/pair.html rồi gõ mã. Muốn ghép máy này, mời mở mã khác ở máy chủ, trang Trạm.',
      'not-the-hub': 'Máy ở địa chỉ ấy không phải máy chủ của Một Cửa. Mời xem lại --hub.',
      malformed: 'Hai máy khác phiên bản nên chưa ghép được. Mời cập nhật Một Cửa trên cả hai.',
    },
    paired: (station, hub, fingerprint) => `Đã ghép máy "${station}" với ${hub}.\nDấu vân tay chứng thư của máy chủ: ${fingerprint}\nMời mở Một Cửa.`,
    hubCommand: 'việc của máy chủ văn phòng',
    promote: 'máy dự phòng này thay máy chủ',
    force: 'thay cả khi máy chủ cũ còn trả lời',
    refusals: {
      'not-a-spare': 'Máy này không phải máy dự phòng, hoặc chưa nhận đủ dữ liệu từ máy chủ. Ghép lại làm máy dự phòng khi máy chủ còn chạy.',
      'hub-alive': 'Máy chủ hiện nay vẫn trả lời. Mời tắt máy ấy trước; nếu vẫn muốn thay, thêm --force.',
      'hub-not-on-lan': 'Máy chủ này chỉ nghe trên chính nó. Đặt listen.host là 0.0.0.0 trong station.json rồi mở lại Một Cửa.',
      'no-such-counter': 'Văn phòng chưa có quầy số này. Thêm quầy vào counters trong station.json của máy chủ, mở lại Một Cửa, rồi mở mã.',
      'not-the-hub': 'Máy này không phải máy chủ. Mời chạy lệnh này ở máy chủ.',
      'hub-superseded': 'Máy này không còn là máy chủ: một máy khác đã thay. Mời mở mã ở máy chủ mới, và đóng Một Cửa ở đây.',
    },
    notBack: 'Đã thay máy chủ, nhưng Một Cửa ở máy này chưa mở lại được. Mời đóng rồi mở lại Một Cửa.',
    promoted: (term, url) => `Máy này là máy chủ từ bây giờ (đời ${term}). ${url === null ? 'Mời mở Một Cửa.' : `Đang chạy ở ${url}.`} Các quầy tự nối sang; số mới bắt đầu từ hàng trăm tiếp theo. Đừng bật lại máy chủ cũ như máy chủ: nó sẽ bị từ chối, mời ghép nó như một trạm.`,
    showCode: 'mở một mã ghép ở máy chủ đang chạy',
    purpose: 'máy sẽ ghép: counter:3, kiosk, spare, board, touchpad:3',
    badPurpose: 'Mời chọn một trong: counter:SỐ-QUẦY, kiosk, spare, spare:SỐ-QUẦY, board, touchpad:SỐ-QUẦY.',
    notRunning: (folder) => `Một Cửa chưa chạy trên ${folder}. Mời mở Một Cửa trước, hoặc xem lại --data.`,
    shown: (code, until, screen) =>
      `${code}\nDùng một lần, đến ${until}. ${screen ? 'Ở màn hình mới, mở https://<máy chủ>:7470/pair.html và gõ mã.' : `Ở máy mới, chạy: motcua station pair --code ${code} --name "Tên máy"`}`,
  },
  en: {
    pair: 'joins this machine to the office by the code shown at the hub',
    code: 'pairing code, e.g. K7QM-4XPT',
    hub: "the hub's address, e.g. 192.168.1.10:7470; found on the network when absent",
    name: 'name of this machine, e.g. "Quầy 3"',
    port: 'port of this machine',
    badPort: 'A port is a number from 1 to 65535.',
    data: 'data folder',
    running: (folder) => `The station is running on ${folder}. Close Một Cửa, run this command again, then open it.`,
    badCode: 'A pairing code has 8 letters and digits, e.g. K7QM-4XPT. Look at it again on the hub, page Trạm.',
    badHub: "The hub's address is not right. Example: --hub 192.168.1.10:7470",
    searching: 'Looking for the hub on the network…',
    noneFound: 'No hub answers on the network. Switch it on, or type its address: --hub 192.168.1.10:7470',
    severalFound: (hubs) => `Several hubs answer: ${hubs.join(', ')}. Choose one: --hub ADDRESS`,
    faults: {
      unreachable: 'The hub can’t be reached at that address. See that it runs, and that its firewall lets port 7470 through.',
      wrong: 'The code is not right, or a machine stands between the two. Type it again; after 5 wrong ones open a new code at the hub.',
      closed: 'This code was used, is over, or was wrong 5 times. Open a new one at the hub, page Trạm.',
      'name-taken': 'The hub itself, or a machine that is connected to it, has this name. Pair by the same code under another name (--name), or shut that machine down first.',
      'not-a-station': 'This code is for a board or a touchpad: open https://<hub>:7470/pair.html in its browser and type the code there. To pair this machine, open another code at the hub, page Trạm.',
      'not-the-hub': 'The machine at that address is no hub of Một Cửa. Check --hub.',
      malformed: 'The two machines have different versions. Update Một Cửa on both.',
    },
    paired: (station, hub, fingerprint) => `Station "${station}" is paired with ${hub}.\nFingerprint of the hub's certificate: ${fingerprint}\nNow open Một Cửa.`,
    hubCommand: 'things about the office’s hub',
    promote: 'this spare takes the hub’s place',
    force: 'also while the old hub still answers',
    refusals: {
      'not-a-spare': 'This machine is no spare, or has not got all it needs from the hub yet. Pair it as a spare while the hub runs.',
      'hub-alive': 'The present hub still answers. Shut it down first; to go on all the same add --force.',
      'hub-not-on-lan': 'This hub listens on its own machine only. Set listen.host to 0.0.0.0 in station.json and open Một Cửa again.',
      'no-such-counter': 'The office has no counter of this number. Add it to counters in station.json of the hub, open Một Cửa again, then open the code.',
      'not-the-hub': 'This machine is not the hub. Run this command there.',
      'hub-superseded': 'This machine is the hub no more: another has taken over. Open the code at the new hub, and close Một Cửa here.',
    },
    notBack: 'The hub was replaced, but Một Cửa on this machine has not come up again. Close it and open it again.',
    promoted: (term, url) => `This machine is the hub from now on (generation ${term}). ${url === null ? 'Now open Một Cửa.' : `It runs at ${url}.`} The counters come over by themselves; new numbers begin at the next hundred. Don't start the old hub as one again: it is refused; pair it as a station.`,
    showCode: 'opens a pairing code at the running hub',
    purpose: 'what will be paired: counter:3, kiosk, spare, board, touchpad:3',
    badPurpose: 'Choose one of: counter:NUMBER, kiosk, spare, spare:NUMBER, board, touchpad:NUMBER.',
    notRunning: (folder) => `Một Cửa is not running on ${folder}. Open it first, or check --data.`,
    shown: (code, until, screen) =>
      `${code}\nOnce, until ${until}. ${screen ? 'At the new screen open https://<hub>:7470/pair.html and type it.' : `On the new machine run: motcua station pair --code ${code} --name "Its name"`}`,
  },
}
