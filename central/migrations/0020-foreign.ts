/**
 * What a province's existing system was told of each dossier. `digest` is of the dossier's row as it was reported, `revision` counts the reports:
 * office, code and revision are the key by which that system knows a report that comes twice.
 */
export const sql = `
CREATE TABLE foreign_reports (
  office text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  digest text NOT NULL,
  revision bigint NOT NULL,
  state text NOT NULL,
  reason text,
  origin text,
  seq bigint,
  PRIMARY KEY (office, code)
);
CREATE INDEX foreign_reports_open ON foreign_reports (state) WHERE state <> 'sent'
`
