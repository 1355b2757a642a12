/** Procedures of the catalogue that the counter's pictures and tests use. Codes, times, fees and papers from the office's catalogue. */
import type { Component, Procedure } from '#domain/procedure.ts'

const idPaper: Component = {
  name: 'Giấy tờ tùy thân có ảnh, còn giá trị', original: 1, copy: 0, required: true, kind: 'present',
}
const authorisation: Component = {
  name: 'Văn bản ủy quyền (chứng thực)', original: 1, copy: 0, required: 'conditional', kind: 'submit', case: 'khi ủy quyền; người thân ruột thịt không phải chứng thực',
}
const paper = (name: string, required: Component['required'], when?: string, copy = 0): Component => ({
  name, original: copy > 0 ? 0 : 1, copy, required, kind: 'submit', ...(when === undefined ? {} : { case: when }),
})

const base = { decisionNo: '163/QĐ-BTP', handledBy: 'UBND_XA', receiptForm: 'MAU_01', channels: ['DIRECT', 'ONLINE', 'POSTAL'], counterWeight: 5 } as const

export const confirmCivil: Procedure = {
  ...base, code: '2.002516', name: 'Thủ tục xác nhận thông tin hộ tịch', shortName: 'Xác nhận thông tin hộ tịch', field: 'Hộ tịch',
  processing: [{ channel: '*', value: 3, unit: 'WORKING_DAY' }],
  fees: [{ type: 'PHI', amountVnd: 8000, unit: 'văn bản', channel: '*', note: 'Miễn: gia đình người có công, hộ nghèo, người khuyết tật' }],
  components: [
    { ...paper('Tờ khai đề nghị xác nhận thông tin hộ tịch (mẫu)', 'conditional', 'nộp trực tiếp') },
    paper('Giấy tờ liên quan nội dung đề nghị', true, undefined, 1), idPaper, authorisation,
  ],
  result: 'Văn bản xác nhận thông tin hộ tịch',
}

export const birth: Procedure = {
  ...base, code: '1.001193', name: 'Thủ tục đăng ký khai sinh', shortName: 'Khai sinh', field: 'Hộ tịch', cutoff: '15:00',
  processing: [{ channel: '*', value: 1, unit: 'SAME_DAY', note: 'trong ngày tiếp nhận; nhận sau 15:00 thì trả ngày làm việc tiếp theo' }],
  fees: [{ type: 'LE_PHI', amountVnd: 0, unit: 'hồ sơ', channel: '*' }],
  components: [
    paper('Tờ khai đăng ký khai sinh (mẫu)', 'conditional', 'nộp trực tiếp hoặc bưu chính'),
    paper('Giấy chứng sinh (hoặc văn bản của người làm chứng, giấy cam đoan về việc sinh)', 'conditional', 'chưa có bản điện tử ký số'),
    paper('Biên bản về việc trẻ bị bỏ rơi', 'conditional', 'trẻ bị bỏ rơi'), authorisation, idPaper,
  ],
  result: 'Giấy khai sinh',
}

export const marriage: Procedure = {
  ...base, code: '1.000894', name: 'Thủ tục đăng ký kết hôn', shortName: 'Kết hôn', field: 'Hộ tịch', channels: ['DIRECT', 'ONLINE', 'POSTAL'],
  processing: [
    { channel: '*', value: 1, unit: 'SAME_DAY', note: 'ngay khi đủ điều kiện, hai bên có mặt ký' },
    { channel: '*', value: 5, unit: 'WORKING_DAY', note: 'khi cần xác minh' },
  ],
  fees: [{ type: 'LE_PHI', amountVnd: 0, unit: 'hồ sơ', channel: '*' }],
  components: [paper('Tờ khai đăng ký kết hôn (mẫu)', true), idPaper],
  result: 'Giấy chứng nhận kết hôn',
}

export const guardian: Procedure = {
  ...base, code: '1.004837', name: 'Thủ tục đăng ký giám hộ', shortName: 'Đăng ký giám hộ', field: 'Hộ tịch',
  processing: [{ channel: '*', value: 3, unit: 'WORKING_DAY' }],
  fees: [{ type: 'LE_PHI', amountVnd: 0, unit: 'hồ sơ', channel: '*' }],
  components: [
    paper('Tờ khai đăng ký giám hộ (mẫu)', true), paper('Văn bản cử người giám hộ', 'one-of'),
    paper('Giấy tờ chứng minh điều kiện giám hộ đương nhiên', 'one-of'), idPaper,
  ],
  result: 'Trích lục đăng ký giám hộ',
}

export const temporaryStay: Procedure = {
  ...base, code: '1.004194', name: 'Đăng ký tạm trú', shortName: 'Đăng ký tạm trú', field: 'Cư trú', decisionNo: '1523/QĐ-BCA-C06', channels: ['DIRECT', 'ONLINE'],
  processing: [{ channel: '*', value: 3, unit: 'WORKING_DAY' }],
  fees: [
    { type: 'LE_PHI', amountVnd: 15000, unit: 'lần', channel: 'DIRECT', case: 'cá nhân, hộ gia đình' },
    { type: 'LE_PHI', amountVnd: 7000, unit: 'lần', channel: 'ONLINE', case: 'cá nhân, hộ gia đình' },
    { type: 'LE_PHI', amountVnd: 10000, unit: 'người/lần', channel: 'DIRECT', case: 'theo danh sách' },
    { type: 'LE_PHI', amountVnd: 5000, unit: 'người/lần', channel: 'ONLINE', case: 'theo danh sách' },
  ],
  components: [paper('Tờ khai thay đổi thông tin cư trú (CT01)', true), paper('Giấy tờ chứng minh chỗ ở hợp pháp', true, undefined, 1)],
  result: 'Thông báo kết quả đăng ký tạm trú',
}

export const landUse: Procedure = {
  ...base, code: '1.013949', field: 'Đất đai', decisionNo: '3380/QĐ-BNNMT', shortName: 'Giao đất, cho thuê đất, chuyển mục đích (không đấu giá)',
  name: 'Giao đất, cho thuê đất, chuyển mục đích sử dụng đất đối với trường hợp thuộc diện chấp thuận chủ trương đầu tư, không đấu giá quyền sử dụng đất, không đấu thầu lựa chọn nhà đầu tư thực hiện dự án có sử dụng đất',
  processing: [{ channel: '*', value: 15, unit: 'DAY' }],
  fees: [{ type: 'LE_PHI', amountVnd: null, unit: 'hồ sơ', channel: '*', note: 'theo quyết định của tỉnh' }],
  components: [paper('Đơn xin giao đất, cho thuê đất (Mẫu số 01)', true), paper('Trích lục bản đồ địa chính thửa đất', 'conditional', 'chưa có trong cơ sở dữ liệu', 1)],
  result: 'Quyết định giao đất', channels: ['DIRECT', 'ONLINE', 'POSTAL'],
}

export const counterProcedures: readonly Procedure[] = [confirmCivil, birth, marriage, guardian, temporaryStay, landUse]
