-- The journals of runs that ended long ago: each in one piece, compressed, in place of its rows in run_events. The form of a body is told in JournalBody.
CREATE TABLE run_archive (
  run_id        TEXT    NOT NULL PRIMARY KEY,
  last_seq      INTEGER NOT NULL,             -- the number of the last event that is in it
  journal_bytes INTEGER NOT NULL,             -- what its events took as rows
  at            INTEGER NOT NULL,
  body          BLOB    NOT NULL
);
ALTER TABLE runs ADD COLUMN archived_at INTEGER;
-- What is still to be archived, the oldest end first: what is done already costs nothing.
CREATE INDEX runs_unarchived ON runs (ended_at) WHERE ended_at IS NOT NULL AND archived_at IS NULL;
