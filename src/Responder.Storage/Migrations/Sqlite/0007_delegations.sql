-- Roles that people gave to others for a while. One that was ended early ends then.
CREATE TABLE delegations (
  delegation_id TEXT    NOT NULL PRIMARY KEY,
  giver         TEXT    NOT NULL,
  holder        TEXT    NOT NULL,
  roles         TEXT    NOT NULL,
  reason        TEXT    NOT NULL,
  at            INTEGER NOT NULL,
  until         INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX delegations_by_end ON delegations (until);

-- For the kill switch: what is on its way, of whatever effect.
CREATE INDEX effects_in_flight ON effects (at) WHERE status = 'intended';
