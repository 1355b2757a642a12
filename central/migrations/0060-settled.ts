/** Events that were put aside and that an office mended by hand: the subject of what says so is the place of the event, `<origin>#<seq>`. */
export const sql = `CREATE INDEX events_settled ON events (office, subject) WHERE type = 'quarantine.settled'`
