-- What counts against a limit of the policy: a row for each step that did it. Those that are out of the limit's window go with the next one.
CREATE TABLE quota_uses (
  key    TEXT    NOT NULL,
  run_id TEXT    NOT NULL,
  path   TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (key, run_id, path)
) WITHOUT ROWID;
CREATE INDEX quota_uses_by_age ON quota_uses (key, at);
