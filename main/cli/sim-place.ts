const bad = {
  vi: (at: string) => `"${at}" chưa phải nơi đặt thiết bị giả lập. Ví dụ: pty:/tmp/thiet-bi, tcp://127.0.0.1:9100.`,
  en: (at: string) => `"${at}" is no place for a simulator. Examples: pty:/tmp/device, tcp://127.0.0.1:9100.`,
} as const

/** Why `--at` of a simulator can't be used, for people; null when it can. */
export function simPlaceFault(at: string, lang: 'vi' | 'en'): string | null {
  return /^(pty:.|tcp:\/\/.+:\d+$)/.test(at) ? null : bad[lang](at)
}
