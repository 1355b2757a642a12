import type { Catalogue } from '../message.ts'

/** Messages of the board screen; keys are used as `board.<key>`. */
export const board = {
  'title': 'Bảng gọi số',
  'call': 'Mời số',
  'to-counter': 'đến quầy',
  'counter': 'Quầy',
  'recent': 'Vừa gọi',
  'recent.counter': 'quầy',
  'nobody-yet': 'Mời lấy số và ngồi chờ',
  'nobody-yet.next': 'Số được gọi sẽ hiện ở đây và đọc trên loa.',
  'none-recent': 'Chưa có số nào',
  'free': 'Đang trống',
  'paused-until': 'Nghỉ đến {time}',
  'paused': 'Tạm nghỉ',
  'closed': 'Chưa mở',
  'waiting': 'Đang chờ',
  'age': 'Số liệu {seconds} giây trước',
  'age.now': 'Số liệu vừa nhận',
  'lost': 'Mất nối từ {time}. Mời nghe loa hoặc hỏi quầy 1.',
  'sound': 'Chạm để bật loa',
  'no-notice': 'Trên bảng chỉ có số thứ tự và số quầy.',
} as const satisfies Catalogue
