import type { TouchpadView } from '#contract/touchpad.ts'
import type { RatingState } from '../touchpad/rating.ts'
import { Touchpad } from '../touchpad/touchpad.tsx'
import type { DevScreens } from './screens.ts'
import { touchpadViews as views } from './touchpad-views.ts'

const shown = (view: TouchpadView, initial?: RatingState, connected = true) => () => (
  <Touchpad view={view} now={view.now} connected={connected} onRate={async () => Promise.resolve(true)} onSkip={() => undefined} {...(initial === undefined ? {} : { initial })} />
)

const low = { score: 2, reasons: ['slow'], other: '' } as const
const long = { staffName: 'Nguyễn Hoàng Phương Uyên Thảo', sample: true, serviceNames: ['Hộ tịch', 'Chứng thực', 'Kinh doanh, an sinh xã hội'] }
const title = 'Giao đất, cho thuê đất, chuyển mục đích sử dụng đất đối với trường hợp thuộc diện chấp thuận chủ trương đầu tư'

export const screens: DevScreens = {
  'touchpad-idle': shown(views.idle),
  'touchpad-nobody': shown({ ...views.idle, staffName: null, serviceNames: [], sample: true }),
  'touchpad-serving': shown(views.serving),
  'touchpad-payment': shown(views.payment),
  'touchpad-paid': shown(views.paid),
  'touchpad-card': shown(views.card),
  'touchpad-scan': shown(views.scan),
  'touchpad-rating': shown(views.rating),
  'touchpad-rating-long': shown({ ...views.rating, ...long, screen: { ...views.rating.screen, title } }),
  'touchpad-idle-long': shown({ ...views.idle, ...long }),
  'touchpad-serving-long': shown({ ...views.serving, ...long, screen: { ...views.serving.screen, title } }),
  'touchpad-why': shown(views.rating, { step: 'why', vote: low, writing: false }),
  'touchpad-writing': shown(views.rating, { step: 'why', vote: { ...low, other: 'Chờ ở hành lang' }, writing: true }),
  'touchpad-thanks': shown(views.thanks),
  'touchpad-unsent': shown(views.rating, { step: 'not-sent' }),
  'touchpad-offline': shown(views.serving, undefined, false),
}
