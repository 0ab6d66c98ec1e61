-- The audit's chains: a link for each commit that wrote events of runs or changed what is audited, in the same transaction. Its lines are told in AuditLink.
CREATE TABLE audit_links (
  writer  TEXT    NOT NULL,
  n       INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  notable INTEGER NOT NULL,
  key_id  TEXT    NOT NULL,
  prev    TEXT    NOT NULL,
  mac     TEXT    NOT NULL,
  items   TEXT    NOT NULL,
  PRIMARY KEY (writer, n)
) WITHOUT ROWID;
CREATE INDEX audit_links_by_age ON audit_links (at) WHERE notable = 1;
