import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import type { Sealed } from '#domain/event.ts'
import { pack, unpack } from './pack.ts'

/** The vault was sealed with another master key: a copied folder, or `vault.key` lost or replaced. */
export class VaultKeyError extends Error {
  override readonly name = 'VaultKeyError'
}

/**
 * Seals personal data with a key per subject (AES-256-GCM); the keys are wrapped by the master key. A key is durable before
 * anything sealed with it can be, because `seal` commits it first (`synchronous=FULL`).
 */
export class Vault {
  readonly #db: Database.Database
  readonly #wrapKey: Buffer
  readonly #indexKey: Buffer
  readonly #find
  readonly #findSubject
  readonly #add
  readonly #index
  readonly #lookUp

  constructor(file: string, master: Buffer) {
    this.#db = new Database(file, { timeout: 3_000 })
    this.#db.pragma('journal_mode = WAL')
    this.#db.pragma('synchronous = FULL')
    this.#db.pragma('secure_delete = ON')
    this.#db.exec(`CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, subject TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS person_index (token BLOB NOT NULL, code TEXT NOT NULL, PRIMARY KEY (token, code)) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS erasure_secrets (id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID`)
    this.#wrapKey = derive(master, 'motcua key wrapping')
    this.#indexKey = derive(master, 'motcua blind index')
    this.#find = this.#db.prepare<[string]>('SELECT wrapped FROM keys WHERE id = ?').pluck()
    this.#findSubject = this.#db.prepare<[string], { id: string; wrapped: Buffer }>('SELECT id, wrapped FROM keys WHERE subject = ?')
    this.#add = this.#db.prepare('INSERT INTO keys (id, subject, wrapped) VALUES (?, ?, ?)')
    this.#index = this.#db.prepare('INSERT OR IGNORE INTO person_index (token, code) VALUES (?, ?)')
    this.#assertOpens(file)
    this.#lookUp = this.#db.prepare<[Buffer]>('SELECT code FROM person_index WHERE token = ? LIMIT 500').pluck()
    // A process that was killed may have destroyed keys and not come to this.
    this.#leaveNoTrace()
  }

  /** Seals a value under the subject's key, made on first use. `subject` must itself hold nothing personal. */
  seal(subject: string, value: unknown): Sealed {
    const { id, key } = this.#keyOf(subject)
    return { key: id, box: encrypt(key, pack(value), id).toString('base64') }
  }

  /** Seals a value under the key of something sealed before, so that both are erased together; null when that key is gone. */
  sealBeside(other: Sealed, value: unknown): Sealed | null {
    const key = this.#keyWith(other.key)
    return key && { key: other.key, box: encrypt(key, pack(value), other.key).toString('base64') }
  }

  /** Opens it; null when the key is not here or was destroyed. */
  open(sealed: Sealed): unknown {
    const key = this.#keyWith(sealed.key)
    return key && unpack(decrypt(key, Buffer.from(sealed.box, 'base64'), sealed.key))
  }

  /** The subject under which a person's data is sealed: a keyed hash of the ID number, so the same person has one key. */
  subjectOf(idNumber: string): string {
    return idNumber ? `person:${this.#token(`id:${idNumber}`).toString('hex')}` : `person:${randomUUID()}`
  }

  /** Makes a dossier findable by words (name, number) without storing them: only keyed hashes. */
  remember(code: string, words: readonly string[]): void {
    this.#db.transaction(() => {
      for (const word of new Set(words)) this.#index.run(this.#token(word), code)
    })()
  }

  /** Codes remembered under all of these words. */
  codesWith(words: readonly string[]): readonly string[] {
    const lists = words.map((word) => this.#lookUp.all(this.#token(word)) as string[])
    const [first, ...rest] = lists
    return (first ?? []).filter((code) => rest.every((list) => list.includes(code)))
  }

  /** Whether the key with this id is here. */
  has(id: string): boolean {
    return this.#find.get(id) !== undefined
  }

  /** Destroys keys: what was sealed with them can't be opened again, in no copy of the journal. */
  destroyKeys(ids: readonly string[]): void {
    const destroy = this.#db.prepare('DELETE FROM keys WHERE id = ?')
    this.#db.transaction(() => ids.forEach((id) => destroy.run(id)))()
    this.#leaveNoTrace()
  }

  /** Destroys the key of a subject, where it has one. */
  destroySubject(subject: string): void {
    const known = this.#findSubject.get(subject)
    if (known) this.destroyKeys([known.id])
  }

  /** Makes dossiers no longer findable by their person. */
  forget(codes: readonly string[]): void {
    const drop = this.#db.prepare('DELETE FROM person_index WHERE code = ?')
    this.#db.transaction(() => codes.forEach((code) => drop.run(code)))()
    this.#leaveNoTrace()
  }

  /** Secrets under which the office names persons to be forgotten (erasure-tokens.ts); a hub draws one, the others get it. */
  erasureSecrets(): readonly Buffer[] {
    const rows = this.#db.prepare<[], { id: string; wrapped: Buffer }>('SELECT id, wrapped FROM erasure_secrets ORDER BY id').all()
    return rows.map(({ id, wrapped }) => decrypt(this.#wrapKey, wrapped, id))
  }

  keepErasureSecret(secret: Buffer): void {
    const id = this.#token(`erasure:${secret.toString('base64')}`).toString('hex')
    this.#db.prepare('INSERT OR IGNORE INTO erasure_secrets (id, wrapped) VALUES (?, ?)').run(id, encrypt(this.#wrapKey, secret, id))
  }

  close(): void {
    this.#db.close()
  }

  /** What was deleted still stands in the log beside the file until it is emptied; in the file itself `secure_delete` wipes it. */
  #leaveNoTrace(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)')
  }

  /** A wrong master key is noticed at the start, not at the first citizen. */
  #assertOpens(file: string): void {
    const some = this.#db.prepare<[], { id: string; wrapped: Buffer }>('SELECT id, wrapped FROM keys LIMIT 1').get()
    try {
      if (some) decrypt(this.#wrapKey, some.wrapped, some.id)
    } catch (error) {
      this.#db.close()
      throw new VaultKeyError(file, { cause: error })
    }
  }

  #token(word: string): Buffer {
    return createHmac('sha256', this.#indexKey).update(word).digest().subarray(0, 16)
  }

  #keyWith(id: string): Buffer | null {
    const wrapped = this.#find.get(id)
    return Buffer.isBuffer(wrapped) ? decrypt(this.#wrapKey, wrapped, id) : null
  }

  #keyOf(subject: string): { id: string; key: Buffer } {
    const known = this.#findSubject.get(subject)
    if (known) return { id: known.id, key: decrypt(this.#wrapKey, known.wrapped, known.id) }
    const [id, key] = [randomUUID(), randomBytes(32)]
    this.#add.run(id, subject, encrypt(this.#wrapKey, key, id))
    return { id, key }
  }
}

function derive(master: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', use, 32))
}

/** nonce (12) ‖ tag (16) ‖ ciphertext; `about` is bound to it. */
function encrypt(key: Buffer, plain: Buffer, about: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

function decrypt(key: Buffer, box: Buffer, about: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12)).setAAD(Buffer.from(about)).setAuthTag(box.subarray(12, 28))
  return Buffer.concat([decipher.update(box.subarray(28)), decipher.final()])
}
