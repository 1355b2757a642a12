/** The vault's master key of the processes that are watched: their checkers must open what they sealed. */
export const masterKey = Buffer.alloc(32, 7)
