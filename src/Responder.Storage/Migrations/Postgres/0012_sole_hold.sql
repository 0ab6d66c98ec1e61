-- An intent that gives back: only where no other run holds it, read behind the targets' locks, which every other holder's intent took before it was in the ledger.
CREATE FUNCTION responder_append_3(
  p_run text, p_expected bigint, p_last bigint, p_epoch bigint, p_again boolean, p_now bigint,
  p_status text, p_outcome text, p_reason text, p_due bigint, p_started bigint, p_ended bigint, p_owned boolean,
  p_at bigint[], p_type text[], p_version integer[], p_payload bytea[],
  p_connector text, p_playbook text, p_path text, p_connections text[], p_targets text[], p_released text[],
  p_quotas text[], p_most bigint[], p_since bigint[], p_approved boolean[],
  p_action text, p_holder text)
RETURNS TABLE (verdict text, note text[], status text)
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
  v_append record;
  v_held record;
BEGIN
  -- What the append wrote is taken back where it is held: the block is a savepoint.
  SELECT a.verdict, a.note, a.status INTO v_append FROM responder_append_2(
    p_run, p_expected, p_last, p_epoch, p_again, p_now, p_status, p_outcome, p_reason, p_due, p_started, p_ended, p_owned, p_at, p_type, p_version, p_payload,
    p_connector, p_playbook, p_path, p_connections, p_targets, p_released, p_quotas, p_most, p_since, p_approved) a;
  IF v_append.verdict = 'committed' THEN
    SELECT e.target, e.run_id INTO v_held FROM effects e JOIN unnest(p_connections, p_targets) t (connection, target) ON e.connection = t.connection AND e.target = t.target
      WHERE e.effect = 'contain' AND e.status IN ('intended', 'pending', 'done', 'already_so', 'in_doubt') AND e.action = p_action AND e.run_id <> p_holder
      ORDER BY e.at LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'held' USING ERRCODE = 'RH001';
    END IF;
  END IF;
  RETURN QUERY SELECT v_append.verdict, v_append.note, v_append.status;
EXCEPTION WHEN SQLSTATE 'RH001' THEN
  RETURN QUERY SELECT 'held_too', ARRAY[v_held.target, v_held.run_id], p_status;
END
$body$;
