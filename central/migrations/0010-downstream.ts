/**
 * What comes down: the newest state of each thing, for one office or for all (`*`), in one order over all offices (`meta.changes` is its
 * last number, and its row the lock that keeps commits in that order). A dossier's origin tells a second one of the same code apart.
 */
export const sql = `
CREATE TABLE changes (
  office text NOT NULL,
  n bigint NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  at bigint NOT NULL,
  body text,
  PRIMARY KEY (office, kind, key)
);
CREATE INDEX changes_n ON changes (office, n);
INSERT INTO meta (key, value) VALUES ('changes', '0');
ALTER TABLE dossiers ADD COLUMN origin text;
UPDATE meta SET value = '0' WHERE key = 'projection'
`
