/** Times are epoch ms, money is đồng, `day` is yyyy-mm-dd in Vietnam. Columns of a projection are null until their event came. */
export const sql = `
CREATE TABLE offices (
  office text PRIMARY KEY,
  name text NOT NULL,
  key_hash text NOT NULL UNIQUE,
  enrolled_at bigint NOT NULL,
  revoked_at bigint,
  last_contact bigint
);
CREATE TABLE origins (
  office text NOT NULL REFERENCES offices,
  origin text NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  newest_at bigint NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (office, origin)
);
CREATE TABLE events (
  office text NOT NULL,
  origin text NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  type text NOT NULL,
  version bigint NOT NULL,
  subject text NOT NULL,
  data text NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (office, origin, seq)
);
CREATE TABLE quarantine (
  office text NOT NULL,
  origin text NOT NULL,
  seq bigint NOT NULL,
  type text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (office, origin, seq)
);
CREATE TABLE refusals (
  office text NOT NULL,
  origin text NOT NULL,
  code text NOT NULL,
  first_at bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (office, origin, code)
);
CREATE TABLE tickets (
  office text NOT NULL,
  id text NOT NULL,
  number text,
  day text,
  service text,
  state text,
  issued_at bigint,
  called_at bigint,
  started_at bigint,
  ended_at bigint,
  counter bigint,
  PRIMARY KEY (office, id)
);
CREATE INDEX tickets_day ON tickets (office, day);
CREATE TABLE dossiers (
  office text NOT NULL,
  code text NOT NULL,
  procedure text,
  procedure_name text,
  field text,
  channel text,
  status bigint,
  received_at bigint,
  day text,
  due_at bigint,
  fee bigint,
  paid bigint NOT NULL DEFAULT 0,
  counter bigint,
  PRIMARY KEY (office, code)
);
CREATE INDEX dossiers_day ON dossiers (office, day);
CREATE TABLE payments (
  office text NOT NULL,
  id text NOT NULL,
  code text NOT NULL,
  method text,
  amount bigint,
  state text NOT NULL,
  received_at bigint,
  day text,
  PRIMARY KEY (office, id)
);
CREATE INDEX payments_day ON payments (office, day);
CREATE TABLE ratings (
  office text NOT NULL,
  ticket text NOT NULL,
  counter bigint NOT NULL,
  score bigint NOT NULL,
  at bigint NOT NULL,
  day text NOT NULL,
  PRIMARY KEY (office, ticket)
);
CREATE INDEX ratings_day ON ratings (office, day);
`
