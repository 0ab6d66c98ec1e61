-- Times are milliseconds since 1970 in UTC. Documents are JSON as UTF-8 text. Names of states are the ones that the API uses.
-- Ids and keys are compared byte by byte (collation "C"), whatever the database's language is.

CREATE TABLE runs (
  run_id          text COLLATE "C" NOT NULL PRIMARY KEY,
  last_seq        bigint NOT NULL,             -- with epoch: the fence; checked and advanced in one statement
  epoch           bigint NOT NULL,
  taker           text,                        -- who took it last
  owner           text COLLATE "C",            -- the same while the run is at work; null while it only waits, and at its end
  status          text COLLATE "C" NOT NULL,
  outcome         text,
  reason          text,
  due_at          bigint,
  started_at      bigint,
  ended_at        bigint,
  woken_at        bigint,                      -- something came for it that it has not yet written down
  failures        integer NOT NULL DEFAULT 0,  -- how often its loop threw since it last waited
  retry_at        bigint NOT NULL DEFAULT 0,   -- the sweep leaves it alone until then
  loop_error      text,
  playbook        text COLLATE "C" NOT NULL,
  title           text NOT NULL,
  definition_hash text NOT NULL,
  alert_id        text COLLATE "C",
  started_by      text NOT NULL,
  created_at      bigint NOT NULL,
  priority        integer NOT NULL,
  concurrency_key text COLLATE "C"
) WITH (fillfactor = 80);                      -- room for the row's next version beside it: then no index is touched

CREATE INDEX runs_by_age      ON runs (created_at, run_id);
CREATE INDEX runs_by_playbook ON runs (playbook, created_at, run_id);
CREATE INDEX runs_by_alert    ON runs (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX runs_open        ON runs (status, created_at, run_id) WHERE status IN ('queued', 'running', 'waiting', 'in_doubt');
CREATE INDEX runs_ended       ON runs (status, created_at, run_id) WHERE status IN ('succeeded', 'failed', 'rejected', 'cancelled');
-- For the queue of a concurrency key and for the sweep: partial, so that finished runs cost nothing.
CREATE INDEX runs_queued      ON runs (concurrency_key, priority DESC, created_at, run_id) WHERE status = 'queued';
CREATE INDEX runs_adrift      ON runs (retry_at) WHERE status = 'running' AND owner IS NULL;
CREATE INDEX runs_owned       ON runs (owner) WHERE owner IS NOT NULL;
CREATE INDEX runs_due         ON runs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX runs_woken       ON runs (woken_at) WHERE woken_at IS NOT NULL;

CREATE TABLE run_events (
  run_id  text COLLATE "C" NOT NULL,
  seq     bigint NOT NULL,
  at      bigint NOT NULL,
  type    text NOT NULL,
  version integer NOT NULL,
  payload text NOT NULL,
  PRIMARY KEY (run_id, seq)
);

CREATE TABLE alerts (
  alert_id     text COLLATE "C" NOT NULL PRIMARY KEY,
  source       text NOT NULL,
  delivery_key text COLLATE "C",
  received_at  bigint NOT NULL,
  status       text NOT NULL,
  title        text NOT NULL,
  severity     bigint,
  host         text,
  "user"       text,
  normal       text NOT NULL,
  raw          text NOT NULL,
  explanation  text
);
CREATE UNIQUE INDEX alerts_by_delivery ON alerts (delivery_key) WHERE delivery_key IS NOT NULL;
CREATE INDEX alerts_by_age ON alerts (received_at, alert_id);

-- What an alert's admission came to, in the order in which its runs were asked for: a repeated delivery is answered from it.
CREATE TABLE alert_runs (
  alert_id text COLLATE "C" NOT NULL,
  ordinal  integer NOT NULL,
  run_id   text COLLATE "C" NOT NULL,
  playbook text NOT NULL,
  status   text NOT NULL,
  holder   text,
  PRIMARY KEY (alert_id, ordinal)
);

CREATE TABLE dedupe (
  playbook text COLLATE "C" NOT NULL,
  key      text COLLATE "C" NOT NULL,
  run_id   text COLLATE "C" NOT NULL,
  at       bigint NOT NULL,
  PRIMARY KEY (playbook, key)
);

CREATE TABLE slots (
  key    text COLLATE "C" NOT NULL PRIMARY KEY,
  run_id text COLLATE "C" NOT NULL
);
CREATE INDEX slots_by_run ON slots (run_id);

CREATE TABLE locks (
  connection text COLLATE "C" NOT NULL,
  target     text COLLATE "C" NOT NULL,
  run_id     text COLLATE "C" NOT NULL,
  path       text COLLATE "C" NOT NULL,
  at         bigint NOT NULL,
  PRIMARY KEY (connection, target)
);
CREATE INDEX locks_by_run ON locks (run_id, path);

CREATE TABLE approvals (
  approval_id text COLLATE "C" NOT NULL PRIMARY KEY,
  run_id      text COLLATE "C" NOT NULL,
  path        text NOT NULL,
  step_id     text,
  title       text NOT NULL,
  status      text COLLATE "C" NOT NULL,
  asked_at    bigint NOT NULL,
  deadline    bigint,
  sort_at     bigint NOT NULL,                 -- the deadline; at the end of all lists where there is none
  gate        text NOT NULL,
  choice      text,
  decided_by  text,
  how         text,
  closed_at   bigint
);
CREATE INDEX approvals_by_deadline ON approvals (sort_at, approval_id);
CREATE INDEX approvals_pending     ON approvals (sort_at, approval_id) WHERE status = 'pending';
CREATE INDEX approvals_by_run      ON approvals (run_id, sort_at, approval_id);

CREATE TABLE effects (
  run_id      text COLLATE "C" NOT NULL,
  path        text COLLATE "C" NOT NULL,
  connection  text COLLATE "C" NOT NULL,
  target      text COLLATE "C" NOT NULL,
  target_name text NOT NULL,
  action      text NOT NULL,
  effect      text COLLATE "C" NOT NULL,
  before_free bigint NOT NULL,
  status      text COLLATE "C" NOT NULL,
  at          bigint NOT NULL,
  until       bigint,
  PRIMARY KEY (run_id, path, connection, target)
);
CREATE INDEX effects_in_force ON effects (at, run_id, path, connection, target)
  WHERE effect = 'contain' AND status IN ('intended', 'pending', 'done', 'already_so', 'in_doubt');

CREATE TABLE inbox (
  event_id text COLLATE "C" NOT NULL PRIMARY KEY,
  name     text COLLATE "C" NOT NULL,
  at       bigint NOT NULL,
  payload  text NOT NULL
);
CREATE INDEX inbox_by_name ON inbox (name, at, event_id);

CREATE TABLE awaited (
  run_id text COLLATE "C" NOT NULL,
  name   text COLLATE "C" NOT NULL,
  PRIMARY KEY (run_id, name)
);
CREATE INDEX awaited_by_name ON awaited (name);

CREATE TABLE kill_switch (
  scope  text COLLATE "C" NOT NULL,
  name   text COLLATE "C" NOT NULL,
  by     text NOT NULL,
  reason text NOT NULL,
  at     bigint NOT NULL,
  PRIMARY KEY (scope, name)
);

CREATE TABLE definitions (
  hash     text COLLATE "C" NOT NULL PRIMARY KEY,
  playbook text NOT NULL,
  bundle   text NOT NULL,
  at       bigint NOT NULL
);

CREATE TABLE artifacts (
  run_id     text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  path       text NOT NULL,
  name       text NOT NULL,
  media_type text NOT NULL,
  size       bigint NOT NULL,
  at         bigint NOT NULL,
  PRIMARY KEY (run_id, id)
);

CREATE TABLE contents (
  id      text COLLATE "C" NOT NULL PRIMARY KEY,
  content bytea NOT NULL
);

CREATE TABLE api_keys (
  key_id       text COLLATE "C" NOT NULL PRIMARY KEY,
  hash         text COLLATE "C" NOT NULL UNIQUE,
  name         text NOT NULL,
  scopes       text NOT NULL,
  created_by   text NOT NULL,
  created_at   bigint NOT NULL,
  last_used_at bigint,
  revoked_at   bigint,
  allowed_from text,                           -- networks, with blanks between them
  per_minute   bigint,
  signs        bigint NOT NULL DEFAULT 0
);

-- Signatures of deliveries that were taken, until they are too old to be sent again.
CREATE TABLE used_signatures (
  signature text COLLATE "C" NOT NULL PRIMARY KEY,
  until     bigint NOT NULL
);
CREATE INDEX used_signatures_by_end ON used_signatures (until);

-- What is to be done outside because something was committed. Without a time: given up, or waiting for its run's end.
CREATE TABLE errands (
  errand_id text COLLATE "C" NOT NULL PRIMARY KEY,
  kind      text NOT NULL,
  run_id    text COLLATE "C",
  payload   text NOT NULL,
  due_at    bigint,
  attempts  bigint NOT NULL DEFAULT 0,
  error     text
);
CREATE INDEX errands_due    ON errands (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX errands_by_run ON errands (run_id) WHERE run_id IS NOT NULL;

CREATE TABLE settings (
  name  text COLLATE "C" NOT NULL PRIMARY KEY,
  value text NOT NULL
);

-- The windows of counts: how many events of one host under one folder were seen lately.
CREATE TABLE windows (
  key   text COLLATE "C" NOT NULL PRIMARY KEY,
  state text NOT NULL
);
