-- The windows of counts: how many events of one host under one folder were seen lately.
CREATE TABLE windows (
  key   TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL
) WITHOUT ROWID;
