import { useState } from 'react'
import { Alert, Button, Checkbox, EmptyState, Icon, Kbd, Leaf, Logo, NumberStepper, OfflineBand, Row, SegmentedControl, StatusBar, StatusItem, Tag, TextField, WaitMinutes } from '../ui/index.ts'
import type { DevScreens } from './screens.ts'

/** The components of the picture states.png, in whatever theme the page has. */
function States() {
  const [role, setRole] = useState<'owner' | 'other'>('owner')
  const [count, setCount] = useState(2)
  const line = { display: 'flex', gap: 8, alignItems: 'start', flexWrap: 'wrap' } as const
  return (
    <div style={{ display: 'grid', gap: 12, padding: 16, width: 456 }}>
      <div style={line}>
        <Logo size={40} />
        <Leaf who="A012" where="01:24" whereNote="đang phục vụ" open />
      </div>
      <div style={line}>
        <Button kind="primary" hint="F2">Gọi tiếp</Button>
        <Button kind="primary" hint="F2" autoFocus>Gọi tiếp</Button>
        <Button kind="primary" pending="Đang gọi" icon={<Icon.Megaphone />}>Gọi</Button>
      </div>
      <div style={line}>
        <Button hint="F6" icon={<Icon.Pause />}>Tạm giữ</Button>
        <Button hint="F3" unavailable="Gọi lại: chưa gọi số nào">Gọi lại</Button>
        <Button kind="serious">Từ chối</Button>
      </div>
      <div style={line}>
        <TextField label="Email" optional="nếu có" value="" onChange={() => undefined} width="108px" />
        <TextField label="Họ và tên" value="NGUYỄN THỊ MỸ DỰ" onChange={() => undefined} width="146px" />
        <TextField label="Số định danh" value="0661****4827" fromCard fromCardLabel="Lấy từ thẻ" onChange={() => undefined} width="146px" />
      </div>
      <div style={line}>
        <TextField label="Ngày sinh" value="30/02/1994" error="Tháng 2 không có ngày 30." onChange={() => undefined} width="150px" />
        <TextField label="Mã hồ sơ" value="Cấp khi tiếp nhận" readOnly onChange={() => undefined} width="140px" />
        <SegmentedControl label="Người nộp là" showLabel tone="green" value={role} onChange={setRole} segments={[{ id: 'owner', label: 'Chủ hồ sơ' }, { id: 'other', label: 'Khác' }]} />
      </div>
      <div style={line}>
        <NumberStepper label="Số bản" value={count} min={1} max={9} onChange={setCount} decreaseLabel="Bớt" increaseLabel="Thêm" />
        <Checkbox checked onChange={() => undefined}>Tờ khai</Checkbox>
        <Checkbox checked={false} onChange={() => undefined}>Ủy quyền</Checkbox>
        <Kbd>Alt L</Kbd>
      </div>
      <Alert tone="info" title="Có 1 kết quả chờ trả.">Xác nhận cư trú</Alert>
      <Alert tone="ok" title="Đã tiếp nhận …261123-0042.">Hẹn 27/11, 09:34</Alert>
      <Alert tone="danger" title="Chưa lưu được.">Ổ đĩa đầy. Gọi phụ trách: Alt G</Alert>
      <div>
        <Row start={<b>A013</b>} end={<WaitMinutes minutes={16} />}>Xác nhận thông tin hộ tịch</Row>
        <Row start={<b>B018</b>} selected onPress={() => undefined} end={<WaitMinutes minutes={9} />}>
          Chứng thực bản sao <Tag tone="yellow">Ưu tiên</Tag> <Tag tone="indigo">Hẹn 09:30</Tag>
        </Row>
        <Row start={<b>D003</b>} end={<WaitMinutes minutes={41} />}>Nguyễn Hoàng Phương Uyên Thảo</Row>
      </div>
      <OfflineBand title="Mất nối máy chủ tỉnh từ 09:41.">Vẫn tiếp nhận, chờ gửi 12.</OfflineBand>
      <Alert tone="warn" icon={<Icon.PrinterX />} title="Máy in quầy 3 hết giấy" actions={<Button>In tiếp</Button>}>Giấy hẹn …0042 chưa in.</Alert>
      <EmptyState icon={<Icon.Coffee />} title="Chưa có ai chờ quầy này">Số mới sẽ hiện ở đây. Xem cả phòng: Alt P</EmptyState>
      <StatusBar end={<StatusItem icon={<Icon.CloudCheck />}>Đã gửi hết về tỉnh</StatusItem>}>
        <StatusItem icon={<Icon.Printer />} state="warning">Máy in sắp hết giấy</StatusItem>
        <StatusItem icon={<Icon.ScanLine />}>Đầu đọc thẻ</StatusItem>
      </StatusBar>
    </div>
  )
}

export const screens: DevScreens = { 'counter-ui': () => <States /> }
