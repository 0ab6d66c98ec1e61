-- The audit's chains: a link for each commit that wrote events of runs or changed what is audited, in the same transaction. Its lines are told in AuditLink.
CREATE TABLE audit_links (
  writer  text COLLATE "C" NOT NULL,
  n       bigint NOT NULL,
  at      bigint NOT NULL,
  notable bigint NOT NULL,
  key_id  text NOT NULL,
  prev    text NOT NULL,
  mac     text NOT NULL,
  items   text NOT NULL,
  PRIMARY KEY (writer, n)
);
CREATE INDEX audit_links_by_age ON audit_links (at, writer, n) WHERE notable = 1;
