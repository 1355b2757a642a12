/** Who said last where a ticket stands and who called it, and when: its events may come from several origins, in any order. */
export const sql = `
ALTER TABLE tickets ADD COLUMN state_at bigint, ADD COLUMN state_origin text COLLATE "C", ADD COLUMN clerk_at bigint, ADD COLUMN clerk_origin text COLLATE "C"
`
