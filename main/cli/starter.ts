/** How often the parent is looked for, ms. */
const lookMs = 250

/**
 * Keeps this process from outliving the one that started it, which would hold the data folder and the devices unseen: a station whose
 * `bin/motcua.js` was killed, or whose `npm run` was told to end. (npm passes SIGTERM to its shell, and the shell dies of it without telling us.)
 */
export function endWithStarter(): void {
  if (process.channel) {
    // Such a starter can't pass on a SIGKILL; its end of the channel says that it got one.
    process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
    process.channel.unref()
  }
  if (process.env['npm_lifecycle_event'] === undefined) return
  const shell = process.ppid
  const look = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, lookMs)
  look.unref()
}
