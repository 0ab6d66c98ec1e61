-- The journals of runs that ended long ago: each in one piece, compressed, in place of its rows in run_events. The form of a body is told in JournalBody.
CREATE TABLE run_archive (
  run_id        text COLLATE "C" NOT NULL PRIMARY KEY,
  last_seq      bigint NOT NULL,              -- the number of the last event that is in it
  journal_bytes bigint NOT NULL,              -- what its events took as rows
  at            bigint NOT NULL,
  body          bytea  NOT NULL
);
-- It is compressed already.
ALTER TABLE run_archive ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE runs ADD COLUMN archived_at bigint;
-- What is still to be archived, the oldest end first: what is done already costs nothing.
CREATE INDEX runs_unarchived ON runs (ended_at, run_id) WHERE ended_at IS NOT NULL AND archived_at IS NULL;
