-- The local accounts of people. Passwords and invitations are kept as hashes only; roles have blanks between them.
CREATE TABLE users (
  name            TEXT    NOT NULL PRIMARY KEY,
  roles           TEXT    NOT NULL,
  stamp           TEXT    NOT NULL,
  created_by      TEXT    NOT NULL,
  created_at      INTEGER NOT NULL,
  password_hash   TEXT,
  invite_hash     TEXT,
  invite_until    INTEGER,
  last_sign_in_at INTEGER,
  disabled_at     INTEGER,
  failures        INTEGER NOT NULL DEFAULT 0,
  locked_until    INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX users_by_invite ON users (invite_hash) WHERE invite_hash IS NOT NULL;

-- Playbooks as they were published at the pages, and what people are still writing.
CREATE TABLE playbook_versions (
  playbook TEXT    NOT NULL,
  number   INTEGER NOT NULL,
  hash     TEXT    NOT NULL,
  text     TEXT    NOT NULL,
  "by"     TEXT    NOT NULL,
  comment  TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (playbook, number)
) WITHOUT ROWID;
CREATE TABLE playbook_drafts (
  playbook TEXT    NOT NULL,
  "by"     TEXT    NOT NULL,
  text     TEXT    NOT NULL,
  base     TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (playbook, "by")
) WITHOUT ROWID;
