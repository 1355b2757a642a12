/**
 * Numbered schema changes of `journal.db`, applied in order and once. Never edit one that was released: add the next.
 * Views (tables `v_*`) are not here: they are dropped and folded anew when their version changes.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE events (
     n INTEGER PRIMARY KEY,
     origin TEXT NOT NULL,
     seq INTEGER NOT NULL,
     at INTEGER NOT NULL,
     actor TEXT NOT NULL,
     type TEXT NOT NULL,
     version INTEGER NOT NULL,
     subject TEXT NOT NULL,
     data TEXT NOT NULL,
     hash BLOB NOT NULL,
     UNIQUE (origin, seq)
   ) STRICT;
   CREATE TABLE commands (
     id TEXT PRIMARY KEY,
     at INTEGER NOT NULL,
     answer TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE drafts (
     slot TEXT PRIMARY KEY,
     at INTEGER NOT NULL,
     sealed TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE downstream (
     n INTEGER PRIMARY KEY AUTOINCREMENT,
     kind TEXT NOT NULL,
     key TEXT NOT NULL,
     at INTEGER NOT NULL,
     body TEXT,
     UNIQUE (kind, key)
   ) STRICT;
   CREATE TABLE quarantine (
     origin TEXT NOT NULL,
     seq INTEGER NOT NULL,
     at INTEGER NOT NULL,
     reason TEXT NOT NULL,
     PRIMARY KEY (origin, seq)
   ) STRICT, WITHOUT ROWID;`,
]
