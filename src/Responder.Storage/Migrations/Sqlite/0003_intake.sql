-- From where a key may be used (networks with blanks between them), how often, and whether it only signs.
ALTER TABLE api_keys ADD COLUMN allowed_from TEXT;
ALTER TABLE api_keys ADD COLUMN per_minute INTEGER;
ALTER TABLE api_keys ADD COLUMN signs INTEGER NOT NULL DEFAULT 0;

-- Signatures of deliveries that were taken, until they are too old to be sent again.
CREATE TABLE used_signatures (
  signature TEXT    NOT NULL PRIMARY KEY,
  until     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX used_signatures_by_end ON used_signatures (until);

-- What is to be done outside because something was committed. Without a time: given up, or waiting for its run's end.
CREATE TABLE errands (
  errand_id TEXT    NOT NULL PRIMARY KEY,
  kind      TEXT    NOT NULL,
  run_id    TEXT,
  payload   TEXT    NOT NULL,
  due_at    INTEGER,
  attempts  INTEGER NOT NULL DEFAULT 0,
  error     TEXT
) WITHOUT ROWID;
CREATE INDEX errands_due    ON errands (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX errands_by_run ON errands (run_id) WHERE run_id IS NOT NULL;
