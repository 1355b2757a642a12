/**
 * Dossiers that changed since they were last looked at for a foreign system; written while one is told (`meta.forwarding`). With the number of its acceptance a
 * dossier says which event goes to quarantine when that system rejects it.
 */
export const sql = `
CREATE TABLE foreign_due (
  office text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  PRIMARY KEY (office, code)
);
ALTER TABLE dossiers ADD COLUMN seq bigint;
UPDATE meta SET value = '0' WHERE key = 'projection'
`
