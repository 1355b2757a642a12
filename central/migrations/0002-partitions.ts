import { reports } from './0002-reports.ts'

/**
 * Tables that grow are partitioned by office, so that one office's work stays in small indexes, and so that Citus can spread the same tables by the same
 * column: no key and no reference crosses offices. `COLLATE "C"`: keys are compared byte by byte, whatever language the database sorts in.
 * Projections are made empty: the next start folds them from the events.
 */
const partitions = 8

const key = 'text COLLATE "C" NOT NULL'

const columns: Readonly<Record<string, string>> = {
  events: `office ${key}, origin ${key}, seq bigint NOT NULL, at bigint NOT NULL, actor text NOT NULL, type text NOT NULL, version bigint NOT NULL,
    subject text NOT NULL, data text NOT NULL, hash bytea NOT NULL, PRIMARY KEY (office, origin, seq)`,
  tickets: `office ${key}, id ${key}, number text, day text, service text, procedure text, priority text, state text, issued_at bigint,
    called_at bigint, started_at bigint, ended_at bigint, counter bigint, staff text, PRIMARY KEY (office, id)`,
  dossiers: `office ${key}, code ${key}, procedure text, procedure_name text, field text, channel text, status bigint, received_at bigint,
    day text, due_at bigint, fee bigint, paid bigint NOT NULL DEFAULT 0, counter bigint, staff text, ticket text, PRIMARY KEY (office, code)`,
  payments: `office ${key}, id ${key}, code text NOT NULL, method text, amount bigint, state text NOT NULL, received_at bigint, day text,
    staff text, PRIMARY KEY (office, id)`,
  ratings: `office ${key}, ticket ${key}, counter bigint NOT NULL, staff text, score bigint NOT NULL, at bigint NOT NULL, day text NOT NULL,
    PRIMARY KEY (office, ticket)`,
}

const withDay = ['tickets', 'dossiers', 'payments', 'ratings']

function partitioned(table: string): readonly string[] {
  const parts = Array.from({ length: partitions }, (_, n) => `CREATE TABLE ${table}_p${n} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${partitions}, REMAINDER ${n})`)
  const index = withDay.includes(table) ? [`CREATE INDEX ${table}_day ON ${table} (office, day)`] : []
  return [`CREATE TABLE ${table} (${columns[table]}) PARTITION BY HASH (office)`, ...parts, ...index]
}

export const sql = [
  'ALTER TABLE origins DROP CONSTRAINT origins_office_fkey',
  'ALTER TABLE events RENAME TO events_before',
  'ALTER INDEX events_pkey RENAME TO events_before_pkey',
  'DROP TABLE tickets, dossiers, payments, ratings',
  ...Object.keys(columns).flatMap(partitioned),
  'INSERT INTO events SELECT * FROM events_before',
  'DROP TABLE events_before',
  ...reports,
].join(';\n')
