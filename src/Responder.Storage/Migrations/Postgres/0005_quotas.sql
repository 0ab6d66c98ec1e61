-- What counts against a limit of the policy: a row for each step that did it. Those that are out of the limit's window go with the next one.
CREATE TABLE quota_uses (
  key    text COLLATE "C" NOT NULL,
  run_id text COLLATE "C" NOT NULL,
  path   text COLLATE "C" NOT NULL,
  at     bigint NOT NULL,
  PRIMARY KEY (key, run_id, path)
);
CREATE INDEX quota_uses_by_age ON quota_uses (key, at);

-- An intent that counts against quotas. Who calls it holds each quota's lock since the beginning of the transaction: nobody counts beside it.
CREATE FUNCTION responder_append_2(
  p_run text, p_expected bigint, p_last bigint, p_epoch bigint, p_again boolean, p_now bigint,
  p_status text, p_outcome text, p_reason text, p_due bigint, p_started bigint, p_ended bigint, p_owned boolean,
  p_at bigint[], p_type text[], p_version integer[], p_payload bytea[],
  p_connector text, p_playbook text, p_path text, p_connections text[], p_targets text[], p_released text[],
  p_quotas text[], p_most bigint[], p_since bigint[], p_approved boolean[])
RETURNS TABLE (verdict text, note text[], status text)
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
  v_index integer;
  v_append record;
BEGIN
  -- Behind the run's own lock, and only where nothing stops it that is told first.
  PERFORM 1 FROM runs r WHERE r.run_id = p_run AND r.last_seq = p_expected AND r.epoch = p_epoch FOR NO KEY UPDATE;
  IF FOUND AND NOT EXISTS (SELECT 1 FROM kill_switch k
      WHERE k.scope = 'all' OR (k.scope = 'connector' AND k.name = p_connector) OR (k.scope = 'playbook' AND k.name = p_playbook)) THEN
    FOR v_index IN 1 .. cardinality(p_quotas) LOOP
      IF NOT p_approved[v_index]
          AND NOT EXISTS (SELECT 1 FROM quota_uses u WHERE u.key = p_quotas[v_index] AND u.run_id = p_run AND u.path = p_path)
          AND (SELECT count(*) FROM quota_uses u WHERE u.key = p_quotas[v_index] AND u.at > p_since[v_index]) >= p_most[v_index] THEN
        RETURN QUERY SELECT 'over_quota', ARRAY[p_quotas[v_index]], p_status;
        RETURN;
      END IF;
    END LOOP;
  END IF;

  SELECT a.verdict, a.note, a.status INTO v_append FROM responder_append_1(
    p_run, p_expected, p_last, p_epoch, p_again, p_now, p_status, p_outcome, p_reason, p_due, p_started, p_ended, p_owned, p_at, p_type, p_version, p_payload,
    p_connector, p_playbook, p_path, p_connections, p_targets, p_released) a;
  IF v_append.verdict = 'committed' THEN
    FOR v_index IN 1 .. cardinality(p_quotas) LOOP
      DELETE FROM quota_uses u WHERE u.key = p_quotas[v_index] AND u.at <= p_since[v_index];
      INSERT INTO quota_uses (key, run_id, path, at) VALUES (p_quotas[v_index], p_run, p_path, p_now) ON CONFLICT DO NOTHING;
    END LOOP;
  END IF;
  RETURN QUERY SELECT v_append.verdict, v_append.note, v_append.status;
END
$body$;
