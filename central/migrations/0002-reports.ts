/** `report.*`: the projections for analysts. Times are `timestamptz`, money is đồng; every column carries its meaning (`COMMENT ON COLUMN`), in Vietnamese. */

interface Column {
  readonly sql: string
  readonly means: string
}

const time = (ms: string, means: string): Column => ({ sql: `to_timestamp(${ms} / 1000.0)`, means })
const same = (name: string, means: string): Column => ({ sql: name, means })
const day = { sql: 'day::date', means: 'Ngày theo giờ Việt Nam' }
const office = same('office', 'Mã bộ phận một cửa')
const counter = same('counter', 'Số quầy')
const staff = same('staff', 'Mã cán bộ, không phải họ tên')

interface View {
  readonly means: string
  readonly from: string
  readonly columns: Readonly<Record<string, Column>>
}

const views: Readonly<Record<string, View>> = {
  tickets: {
    means: 'Mỗi dòng một lượt khách lấy số',
    from: 'tickets WHERE number IS NOT NULL',
    columns: {
      office,
      id: same('id', 'Mã lượt'),
      number: same('number', 'Số thứ tự in trên phiếu'),
      day,
      service: same('service', 'Nhóm dịch vụ'),
      procedure: same('procedure', 'Mã thủ tục khách chọn, có thể trống'),
      priority: same('priority', 'Nhóm ưu tiên, trống khi không ưu tiên'),
      state: same('state', 'Trống: chờ, called: đã gọi, serving: đang phục vụ, held: tạm gác, no-show: vắng, done: xong'),
      issued: time('issued_at', 'Lúc lấy số'),
      called: time('called_at', 'Lúc được gọi lần đầu'),
      started: time('started_at', 'Lúc bắt đầu phục vụ'),
      ended: time('ended_at', 'Lúc xong hoặc bị tính là vắng'),
      wait_seconds: { sql: '(called_at - issued_at) / 1000.0', means: 'Chờ từ lúc lấy số đến lần gọi đầu, giây' },
      service_seconds: { sql: `CASE WHEN state = 'done' THEN (ended_at - started_at) / 1000.0 END`, means: 'Thời gian phục vụ, giây' },
      counter,
      staff,
    },
  },
  dossiers: {
    means: 'Mỗi dòng một hồ sơ đã tiếp nhận',
    from: 'dossiers WHERE procedure IS NOT NULL',
    columns: {
      office,
      code: same('code', 'Mã hồ sơ'),
      procedure: same('procedure', 'Mã thủ tục'),
      procedure_name: same('procedure_name', 'Tên thủ tục lúc tiếp nhận'),
      field: same('field', 'Lĩnh vực'),
      channel: same('channel', 'Kênh nộp: DIRECT, ONLINE, POSTAL'),
      status: same('status', 'Mã trạng thái quốc gia 1–10'),
      received: time('received_at', 'Lúc tiếp nhận'),
      day,
      due: time('due_at', 'Hẹn trả, trống khi trả theo thông báo'),
      fee: same('fee', 'Phí, lệ phí phải thu, đồng'),
      paid: same('paid', 'Đã thu, đồng'),
      counter,
      staff,
      ticket: same('ticket', 'Mã lượt trong report.tickets, trống khi không lấy số'),
    },
  },
  payments: {
    means: 'Mỗi dòng một lần thu',
    from: 'payments',
    columns: {
      office,
      id: same('id', 'Mã lần thu'),
      dossier: same('code', 'Mã hồ sơ'),
      method: same('method', 'cash: tiền mặt, vietqr: chuyển khoản, card: thẻ'),
      amount: same('amount', 'Số tiền, đồng'),
      state: same('state', 'requested: chờ thu, received: đã thu, unknown: chưa rõ thẻ đã trừ tiền chưa, cancelled: hủy'),
      received: time('received_at', 'Lúc thu'),
      day,
      staff,
    },
  },
  ratings: {
    means: 'Mỗi dòng một lượt đánh giá sự hài lòng',
    from: 'ratings',
    columns: { office, ticket: same('ticket', 'Mã lượt'), counter, staff, score: same('score', 'Điểm từ 1 đến 5'), given: time('at', 'Lúc đánh giá'), day },
  },
}

function statements([name, { means, from, columns }]: readonly [string, View]): readonly string[] {
  const list = Object.entries(columns)
  return [
    `CREATE VIEW report.${name} AS SELECT ${list.map(([as, { sql }]) => `${sql} AS ${as}`).join(', ')} FROM ${from}`,
    `COMMENT ON VIEW report.${name} IS '${means}'`,
    ...list.map(([as, column]) => `COMMENT ON COLUMN report.${name}.${as} IS '${column.means}'`),
  ]
}

export const reports: readonly string[] = ['CREATE SCHEMA report', ...Object.entries(views).flatMap(statements)]
