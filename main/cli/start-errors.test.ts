import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { startErrorText } from './start-errors.ts'

const failed = (listen: { port: number; host: string }) =>
  new Promise<unknown>((resolve) => createServer().once('error', resolve).listen(listen))

test('an address that this machine has not is told by its setting', async () => {
  expect(startErrorText(await failed({ port: 0, host: '192.0.2.1' }), '/data', 'vi')).toMatch(/^Máy này không có địa chỉ 192\.0\.2\.1\. .*listen\.host/)
  expect(startErrorText(await failed({ port: 0, host: 'khong-co.invalid' }), '/data', 'vi')).toContain('khong-co.invalid')
})

test('a port below 1024 was told as a data folder that can not be written', () => {
  const error = Object.assign(new Error('listen EACCES: permission denied 127.0.0.1:80'), { code: 'EACCES', syscall: 'listen', address: '127.0.0.1', port: 80 })
  expect(startErrorText(error, '/data', 'vi')).toBe('Tài khoản này không được mở cổng 80. Mời chọn cổng từ 1024 trở lên bằng --port.')
})
