-- Times are milliseconds since 1970 in UTC. Documents are JSON as UTF-8 text. Names of states are the ones that the API uses.

CREATE TABLE runs (
  run_id          TEXT    NOT NULL PRIMARY KEY,
  last_seq        INTEGER NOT NULL,             -- with epoch: the fence; checked and advanced in one statement
  epoch           INTEGER NOT NULL,
  taker           TEXT,                         -- who took it last
  owner           TEXT,                         -- the same while the run is at work; null while it only waits, and at its end
  status          TEXT    NOT NULL,
  outcome         TEXT,
  reason          TEXT,
  due_at          INTEGER,
  started_at      INTEGER,
  ended_at        INTEGER,
  woken_at        INTEGER,                      -- something came for it that it has not yet written down
  failures        INTEGER NOT NULL DEFAULT 0,   -- how often its loop threw since it last waited
  retry_at        INTEGER NOT NULL DEFAULT 0,   -- the sweep leaves it alone until then
  loop_error      TEXT,
  playbook        TEXT    NOT NULL,
  title           TEXT    NOT NULL,
  definition_hash TEXT    NOT NULL,
  alert_id        TEXT,
  started_by      TEXT    NOT NULL,
  created_at      INTEGER NOT NULL,
  priority        INTEGER NOT NULL,
  concurrency_key TEXT
) WITHOUT ROWID;

-- For lists: a without-rowid table's indexes end with run_id.
CREATE INDEX runs_by_age      ON runs (created_at);
CREATE INDEX runs_by_playbook ON runs (playbook, created_at);
CREATE INDEX runs_by_alert    ON runs (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX runs_open        ON runs (status, created_at) WHERE status IN ('queued', 'running', 'waiting', 'in_doubt');
-- For the queue of a concurrency key and for the sweep: partial, so that finished runs cost nothing.
CREATE INDEX runs_queued      ON runs (concurrency_key, priority DESC, created_at) WHERE status = 'queued';
CREATE INDEX runs_adrift      ON runs (retry_at) WHERE status = 'running' AND owner IS NULL;
CREATE INDEX runs_owned       ON runs (owner) WHERE owner IS NOT NULL;
CREATE INDEX runs_due         ON runs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX runs_woken       ON runs (woken_at) WHERE woken_at IS NOT NULL;

CREATE TABLE run_events (
  run_id  TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  type    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT    NOT NULL,
  PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;

CREATE TABLE alerts (
  alert_id     TEXT    NOT NULL PRIMARY KEY,
  source       TEXT    NOT NULL,
  delivery_key TEXT,
  received_at  INTEGER NOT NULL,
  status       TEXT    NOT NULL,
  title        TEXT    NOT NULL,
  severity     INTEGER,
  host         TEXT,
  user         TEXT,
  normal       TEXT    NOT NULL,
  raw          TEXT    NOT NULL,
  explanation  TEXT
);
CREATE UNIQUE INDEX alerts_by_delivery ON alerts (delivery_key) WHERE delivery_key IS NOT NULL;
CREATE INDEX alerts_by_age ON alerts (received_at, alert_id);

-- What an alert's admission came to, in the order in which its runs were asked for: a repeated delivery is answered from it.
CREATE TABLE alert_runs (
  alert_id TEXT    NOT NULL,
  ordinal  INTEGER NOT NULL,
  run_id   TEXT    NOT NULL,
  playbook TEXT    NOT NULL,
  status   TEXT    NOT NULL,
  holder   TEXT,
  PRIMARY KEY (alert_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE dedupe (
  playbook TEXT    NOT NULL,
  key      TEXT    NOT NULL,
  run_id   TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (playbook, key)
) WITHOUT ROWID;

CREATE TABLE slots (
  key    TEXT NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX slots_by_run ON slots (run_id);

CREATE TABLE locks (
  connection TEXT    NOT NULL,
  target     TEXT    NOT NULL,
  run_id     TEXT    NOT NULL,
  path       TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (connection, target)
) WITHOUT ROWID;
CREATE INDEX locks_by_run ON locks (run_id, path);

CREATE TABLE approvals (
  approval_id TEXT    NOT NULL PRIMARY KEY,
  run_id      TEXT    NOT NULL,
  path        TEXT    NOT NULL,
  step_id     TEXT,
  title       TEXT    NOT NULL,
  status      TEXT    NOT NULL,
  asked_at    INTEGER NOT NULL,
  deadline    INTEGER,
  sort_at     INTEGER NOT NULL,                -- the deadline; at the end of all lists where there is none
  gate        TEXT    NOT NULL,
  choice      TEXT,
  decided_by  TEXT,
  how         TEXT,
  closed_at   INTEGER
) WITHOUT ROWID;
CREATE INDEX approvals_by_deadline ON approvals (sort_at);
CREATE INDEX approvals_pending     ON approvals (sort_at) WHERE status = 'pending';
CREATE INDEX approvals_by_run      ON approvals (run_id, sort_at);

CREATE TABLE effects (
  run_id      TEXT    NOT NULL,
  path        TEXT    NOT NULL,
  connection  TEXT    NOT NULL,
  target      TEXT    NOT NULL,
  target_name TEXT    NOT NULL,
  action      TEXT    NOT NULL,
  effect      TEXT    NOT NULL,
  before_free INTEGER NOT NULL,
  status      TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  until       INTEGER,
  PRIMARY KEY (run_id, path, connection, target)
) WITHOUT ROWID;
CREATE INDEX effects_in_force ON effects (at) WHERE effect = 'contain' AND status IN ('intended', 'pending', 'done', 'already_so', 'in_doubt');

CREATE TABLE inbox (
  event_id TEXT    NOT NULL PRIMARY KEY,
  name     TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  payload  TEXT    NOT NULL
);
CREATE INDEX inbox_by_name ON inbox (name, at, event_id);

CREATE TABLE awaited (
  run_id TEXT NOT NULL,
  name   TEXT NOT NULL,
  PRIMARY KEY (run_id, name)
) WITHOUT ROWID;
CREATE INDEX awaited_by_name ON awaited (name);

CREATE TABLE kill_switch (
  scope  TEXT    NOT NULL,
  name   TEXT    NOT NULL,
  by     TEXT    NOT NULL,
  reason TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (scope, name)
) WITHOUT ROWID;

CREATE TABLE definitions (
  hash     TEXT    NOT NULL PRIMARY KEY,
  playbook TEXT    NOT NULL,
  bundle   TEXT    NOT NULL,
  at       INTEGER NOT NULL
);

-- The content is in a file of its own, artifacts.db, so that a large one never holds up a journal.
CREATE TABLE artifacts (
  run_id     TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  path       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  media_type TEXT    NOT NULL,
  size       INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (run_id, id)
) WITHOUT ROWID;

CREATE TABLE api_keys (
  key_id       TEXT    NOT NULL PRIMARY KEY,
  hash         TEXT    NOT NULL UNIQUE,
  name         TEXT    NOT NULL,
  scopes       TEXT    NOT NULL,
  created_by   TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at   INTEGER
);

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
