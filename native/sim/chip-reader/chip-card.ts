import { randomBytes } from 'node:crypto'
import { des, desMac, digest1, kdf } from './chip-crypto.ts'
import { der } from './der.ts'
import { PaceChip } from './pace-chip.ts'
import { SecureChannel, type PlainCommand } from './secure-channel.ts'

/** What a chip holds and what opens it. */
export interface ChipContent {
  readonly files: ReadonlyMap<number, Uint8Array>
  readonly mrz: string
  readonly can: string
}

export interface ChipHabits {
  /** Longest piece of a file that it gives, bytes. */
  readonly longestRead: number
  /** Secured commands after which the session is dropped once; null: never. */
  readonly losesSessionAfter: number | null
}

interface Reply {
  readonly data: Uint8Array
  readonly sw: number
}

const status = (sw: number): Reply => ({ data: new Uint8Array(), sw })
const application = 'a0000002471001'
/** Readable before any access control. */
const cardAccess = 0x011c

/** Number, birth and expiry, each with its check digit, of a TD1 zone. */
const informationOf = (mrz: string): string => mrz.slice(5, 15) + mrz.slice(30, 37) + mrz.slice(38, 45)

function plainCommand(apdu: Buffer): PlainCommand {
  const [, ins = 0, p1 = 0, p2 = 0, fifth] = apdu
  if (apdu.length <= 5) return { ins, p1, p2, data: Buffer.alloc(0), le: fifth === undefined ? null : fifth || 256 }
  const data = apdu.subarray(5, 5 + (fifth ?? 0))
  const le = apdu[5 + (fifth ?? 0)]
  return { ins, p1, p2, data, le: le === undefined ? null : le || 256 }
}

/** The chip of an identity card: application, BAC, PACE, secure messaging, files. */
export class ChipCard {
  readonly #content: ChipContent
  readonly #habits: ChipHabits
  #channel: SecureChannel | null = null
  #pace: PaceChip | null = null
  #challenge: Buffer | null = null
  #selected: number | null = null
  #application = false
  #secured = 0

  constructor(content: ChipContent, habits: ChipHabits) {
    this.#content = content
    this.#habits = habits
  }

  /** The field came on: everything of the session is forgotten. */
  powerOn(): void {
    this.#forget()
    this.#application = false
  }

  /** One APDU, and the answer with its status word. */
  apdu(apdu: Buffer): Buffer {
    if ((apdu[0] ?? 0) !== 0x0c) {
      const wasOpen = this.#channel !== null
      this.#channel = null
      return this.#bare(wasOpen ? status(0x6987) : this.#plain(plainCommand(apdu)))
    }
    const channel = this.#channel
    this.#secured++
    const dropped = this.#secured === this.#habits.losesSessionAfter
    const command = dropped ? null : channel?.open(apdu)
    if (channel === null || !command) {
      this.#forget()
      return this.#bare(status(channel === null && !dropped ? 0x6987 : 0x6988))
    }
    const reply = this.#file(command, true)
    return channel.close(reply.data, reply.sw, command.ins % 2 === 1)
  }

  #forget(): void {
    this.#channel = null
    this.#pace = null
    this.#challenge = null
    this.#selected = null
  }

  #bare({ data, sw }: Reply): Buffer {
    return Buffer.concat([data, Buffer.from([sw >> 8, sw & 0xff])])
  }

  #plain(command: PlainCommand): Reply {
    switch (command.ins) {
      case 0x84:
        this.#challenge = randomBytes(8)
        return this.#application ? { data: this.#challenge, sw: 0x9000 } : status(0x6985)
      case 0x82:
        return this.#authenticate(command.data)
      case 0x22:
        if (!this.#content.files.has(cardAccess)) return status(0x6a88)
        this.#pace = new PaceChip(command.data.at(-1) ?? 0, informationOf(this.#content.mrz), this.#content.can)
        return status(0x9000)
      case 0x86:
        return this.#paceStep(command.data)
      default:
        return this.#file(command, false)
    }
  }

  #authenticate(data: Buffer): Reply {
    const seed = digest1(Buffer.from(informationOf(this.#content.mrz))).subarray(0, 16)
    const [enc, mac, challenge] = [kdf(seed, 1), kdf(seed, 2), this.#challenge]
    this.#challenge = null
    if (challenge === null || data.length !== 40) return status(0x6985)
    const plain = des(enc, data.subarray(0, 32), false)
    if (!desMac(mac, data.subarray(0, 32)).equals(data.subarray(32)) || !plain.subarray(8, 16).equals(challenge)) return status(0x6300)
    const [rndIfd, kIfd, kIc] = [plain.subarray(0, 8), plain.subarray(16), randomBytes(16)]
    const answer = des(enc, Buffer.concat([challenge, rndIfd, kIc]), true)
    const shared = Buffer.from(kIc.map((byte, at) => byte ^ (kIfd[at] ?? 0)))
    this.#channel = new SecureChannel('des', kdf(shared, 1), kdf(shared, 2), Buffer.concat([challenge.subarray(4), rndIfd.subarray(4)]))
    return { data: Buffer.concat([answer, desMac(mac, answer)]), sw: 0x9000 }
  }

  #paceStep(data: Buffer): Reply {
    if (this.#pace === null) return status(0x6985)
    try {
      const answer = this.#pace.step(data.subarray(2))
      if ('sw' in answer) return status(answer.sw)
      if (answer.session) this.#channel = answer.session
      return { data: answer.data, sw: 0x9000 }
    } catch {
      return status(0x6a80)
    }
  }

  #file(command: PlainCommand, secured: boolean): Reply {
    const { ins, p1, p2, data } = command
    if (ins === 0xa4) return this.#select(p1, data, secured)
    if (ins !== 0xb0 && ins !== 0xb1) return status(0x6d00)
    const file = this.#content.files.get(this.#selected ?? 0)
    if (file === undefined) return status(0x6986)
    return ins === 0xb0 ? this.#read(file, p1 * 0x100 + p2, command.le ?? 0) : this.#readFar(file, data, command.le ?? 0)
  }

  #select(p1: number, data: Buffer, secured: boolean): Reply {
    if (p1 === 0x04) {
      this.#application = data.toString('hex') === application
      return status(this.#application ? 0x9000 : 0x6a82)
    }
    const id = data.length === 2 ? data.readUInt16BE() : 0
    if (!this.#content.files.has(id)) return status(0x6a82)
    if (!secured && id !== cardAccess) return status(0x6982)
    this.#selected = id
    return status(0x9000)
  }

  #read(file: Uint8Array, offset: number, le: number): Reply {
    if (le > this.#habits.longestRead && le !== 256) return status(0x6700)
    if (offset >= file.length) return status(0x6b00)
    const data = file.subarray(offset, offset + Math.min(le, this.#habits.longestRead))
    return { data, sw: data.length < le ? 0x6282 : 0x9000 }
  }

  /** Offset in an object 54, data in an object 53 that Le counts with. */
  #readFar(file: Uint8Array, data: Buffer, le: number): Reply {
    if (data[0] !== 0x54) return status(0x6a80)
    const offset = Number(`0x${data.subarray(2, 2 + (data[1] ?? 0)).toString('hex')}`)
    const { data: found, sw } = this.#read(file, offset, Math.min(le - 3, this.#habits.longestRead))
    return found.length === 0 ? status(sw) : { data: der(0x53, found), sw }
  }
}
