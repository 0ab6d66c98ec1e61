-- Roles that people gave to others for a while. One that was ended early ends then.
CREATE TABLE delegations (
  delegation_id text COLLATE "C" NOT NULL PRIMARY KEY,
  giver         text NOT NULL,
  holder        text NOT NULL,
  roles         text NOT NULL,
  reason        text NOT NULL,
  at            bigint NOT NULL,
  until         bigint NOT NULL
);
CREATE INDEX delegations_by_end ON delegations (until, delegation_id);

-- For the kill switch: what is on its way, of whatever effect.
CREATE INDEX effects_in_flight ON effects (at, run_id, path, connection, target) WHERE status = 'intended';
