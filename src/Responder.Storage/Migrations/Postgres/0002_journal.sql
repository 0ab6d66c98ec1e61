-- What the journal does with a run, each in one call, so that a whole group of runs costs one round trip. A function's name carries its version:
-- a newer program brings a newer function and leaves the old one to the nodes that are still running. Every statement sees what was committed when it began
-- (read committed), so that after a lock has been waited for, what follows reads what the other wrote.

-- A run's pending batch, all of it or nothing. verdict: committed, fenced, switched, locked.
CREATE FUNCTION responder_append_1(
  p_run text, p_expected bigint, p_last bigint, p_epoch bigint, p_again boolean, p_now bigint,
  p_status text, p_outcome text, p_reason text, p_due bigint, p_started bigint, p_ended bigint, p_owned boolean,
  p_at bigint[], p_type text[], p_version integer[], p_payload bytea[],
  p_connector text, p_playbook text, p_path text, p_connections text[], p_targets text[], p_released text[])
RETURNS TABLE (verdict text, note text[], status text)
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
  v_switch record;
  v_lock record;
  v_status text := p_status;
  v_owned boolean := p_owned;
  v_taken integer[] := '{}';
  v_mine integer[] := '{}';
  v_index integer;
BEGIN
  -- The guard, and who has the slot, are read behind the run's own lock: two that write one run come here one after another.
  IF p_path IS NOT NULL OR p_status = 'queued' THEN
    PERFORM 1 FROM runs r WHERE r.run_id = p_run AND r.last_seq = p_expected AND r.epoch = p_epoch FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RETURN QUERY SELECT CASE WHEN p_again AND EXISTS (SELECT 1 FROM runs r WHERE r.run_id = p_run AND r.epoch = p_epoch AND r.last_seq >= p_last)
        THEN 'committed' ELSE 'fenced' END, NULL::text[], v_status;
      RETURN;
    END IF;
  END IF;

  IF p_path IS NOT NULL THEN
    SELECT k.scope, k.name, k.by AS thrown_by, k.reason, k.at INTO v_switch FROM kill_switch k
      WHERE k.scope = 'all' OR (k.scope = 'connector' AND k.name = p_connector) OR (k.scope = 'playbook' AND k.name = p_playbook) LIMIT 1;
    IF FOUND THEN
      RETURN QUERY SELECT 'switched', ARRAY[v_switch.scope, v_switch.name, v_switch.thrown_by, v_switch.reason, v_switch.at::text], v_status;
      RETURN;
    END IF;

    FOR v_index IN 1 .. coalesce(array_length(p_targets, 1), 0) LOOP
      LOOP
        INSERT INTO locks AS l (connection, target, run_id, path, at) VALUES (p_connections[v_index], p_targets[v_index], p_run, p_path, p_now) ON CONFLICT DO NOTHING;
        IF FOUND THEN
          v_taken := v_taken || v_index;
          EXIT;
        END IF;
        SELECT l.run_id, l.path INTO v_lock FROM locks l WHERE l.connection = p_connections[v_index] AND l.target = p_targets[v_index];
        EXIT WHEN FOUND; -- else it was given back between the two
      END LOOP;
      IF NOT (v_index = ANY (v_taken)) THEN
        IF v_lock.run_id <> p_run OR (v_lock.path <> p_path AND NOT (v_lock.path = ANY (p_released))) THEN
          DELETE FROM locks l USING unnest(v_taken) t(i) WHERE l.connection = p_connections[t.i] AND l.target = p_targets[t.i];
          RETURN QUERY SELECT 'locked', ARRAY[p_targets[v_index], v_lock.run_id, v_lock.path], v_status;
          RETURN;
        END IF;
        v_mine := v_mine || v_index;
      END IF;
    END LOOP;
  END IF;

  -- A queued run that was given its slot while it wrote this is queued no longer.
  IF p_status = 'queued' AND EXISTS (SELECT 1 FROM slots s WHERE s.run_id = p_run) THEN
    v_status := 'running';
    v_owned := false;
  END IF;

  -- The fence.
  UPDATE runs r SET last_seq = p_last, status = v_status, outcome = p_outcome, reason = p_reason, due_at = p_due, started_at = p_started, ended_at = p_ended,
      owner = CASE WHEN v_owned THEN r.taker END, woken_at = NULL, retry_at = 0, failures = CASE WHEN v_status = 'running' THEN r.failures ELSE 0 END
    WHERE r.run_id = p_run AND r.last_seq = p_expected AND r.epoch = p_epoch;
  IF NOT FOUND THEN
    RETURN QUERY SELECT CASE WHEN p_again AND EXISTS (SELECT 1 FROM runs r WHERE r.run_id = p_run AND r.epoch = p_epoch AND r.last_seq >= p_last)
      THEN 'committed' ELSE 'fenced' END, NULL::text[], v_status;
    RETURN;
  END IF;

  IF p_last > p_expected THEN
    INSERT INTO run_events (run_id, seq, at, type, version, payload)
      SELECT p_run, p_expected + e.n, e.at, e.type, e.version, convert_from(e.payload, 'UTF8')
      FROM unnest(p_at, p_type, p_version, p_payload) WITH ORDINALITY AS e (at, type, version, payload, n);
  END IF;

  -- Taken over from a step that gives it back in this batch, before the others are given back.
  IF cardinality(v_mine) > 0 THEN
    UPDATE locks l SET path = p_path, at = p_now FROM unnest(v_mine) t(i)
      WHERE l.connection = p_connections[t.i] AND l.target = p_targets[t.i] AND l.path <> p_path;
  END IF;
  IF cardinality(p_released) > 0 THEN
    DELETE FROM locks l WHERE l.run_id = p_run AND l.path = ANY (p_released)
      AND NOT EXISTS (SELECT 1 FROM unnest(p_connections, p_targets) t (connection, target) WHERE t.connection = l.connection AND t.target = l.target);
  END IF;

  RETURN QUERY SELECT 'committed', NULL::text[], v_status;
END
$body$;

-- A slot goes to the next of its queue: the highest priority, then the oldest. At a run's end nothing of it may hold up another. Gives the runs that got a slot.
CREATE FUNCTION responder_release_1(p_run text, p_last bigint, p_epoch bigint, p_end boolean, p_now bigint) RETURNS SETOF text
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
  v_key text;
  v_next text;
BEGIN
  PERFORM 1 FROM runs r WHERE r.run_id = p_run AND r.last_seq = p_last AND r.epoch = p_epoch;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_end THEN
    DELETE FROM locks WHERE run_id = p_run;
    DELETE FROM awaited WHERE run_id = p_run;
    UPDATE approvals SET status = 'closed', how = 'cancelled', closed_at = p_now WHERE run_id = p_run AND status = 'pending';
    UPDATE errands SET due_at = p_now WHERE run_id = p_run AND due_at IS NULL AND attempts = 0;
  END IF;
  FOR v_key IN SELECT s.key FROM slots s WHERE s.run_id = p_run ORDER BY s.key FOR UPDATE LOOP
    -- Behind the slot's lock: one that queued up meanwhile is seen.
    SELECT r.run_id INTO v_next FROM runs r WHERE r.concurrency_key = v_key AND r.status = 'queued'
      ORDER BY r.priority DESC, r.created_at, r.run_id LIMIT 1 FOR NO KEY UPDATE;
    IF FOUND THEN
      UPDATE slots SET run_id = v_next WHERE key = v_key;
      UPDATE runs SET status = 'running', owner = NULL, retry_at = 0 WHERE run_id = v_next;
      RETURN NEXT v_next;
    ELSE
      DELETE FROM slots WHERE key = v_key;
    END IF;
  END LOOP;
END
$body$;

-- A gate is asked, or changes. An id is one run's: the row of another is not touched, and that is an error.
CREATE FUNCTION responder_put_approval_1(
  p_run text, p_last bigint, p_epoch bigint, p_id text, p_path text, p_step text, p_title text, p_status text, p_asked bigint, p_deadline bigint, p_sort bigint,
  p_gate text, p_choice text, p_by text, p_closed bigint) RETURNS void
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
BEGIN
  PERFORM 1 FROM runs r WHERE r.run_id = p_run AND r.last_seq = p_last AND r.epoch = p_epoch;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO approvals AS a (approval_id, run_id, path, step_id, title, status, asked_at, deadline, sort_at, gate, choice, decided_by, closed_at)
    VALUES (p_id, p_run, p_path, p_step, p_title, p_status, p_asked, p_deadline, p_sort, p_gate, p_choice, p_by, p_closed)
    ON CONFLICT (approval_id) DO UPDATE SET path = excluded.path, step_id = excluded.step_id, title = excluded.title, status = excluded.status,
      asked_at = excluded.asked_at, deadline = excluded.deadline, sort_at = excluded.sort_at, gate = excluded.gate, choice = excluded.choice,
      decided_by = excluded.decided_by, closed_at = excluded.closed_at
    WHERE a.run_id = excluded.run_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The approval id ''%'' belongs to another run.', p_id USING ERRCODE = 'P0001';
  END IF;
END
$body$;

-- The names of the events that a run waits for now. The lock is the one under which an event of that name is kept: neither misses the other.
CREATE FUNCTION responder_await_1(p_run text, p_last bigint, p_epoch bigint, p_names text[], p_locks text[], p_now bigint, p_since bigint) RETURNS void
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
  v_lock text;
BEGIN
  PERFORM 1 FROM runs r WHERE r.run_id = p_run AND r.last_seq = p_last AND r.epoch = p_epoch;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  DELETE FROM awaited WHERE run_id = p_run;
  IF cardinality(p_names) = 0 THEN
    RETURN;
  END IF;
  FOREACH v_lock IN ARRAY p_locks LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended(v_lock, 0));
  END LOOP;
  INSERT INTO awaited (run_id, name) SELECT p_run, n FROM unnest(p_names) n ON CONFLICT DO NOTHING;
  UPDATE runs SET woken_at = p_now WHERE run_id = p_run AND EXISTS (SELECT 1 FROM inbox i WHERE i.name = ANY (p_names) AND i.at >= p_since);
END
$body$;

-- Accepts an alert; the id of the one that was accepted before where it is the same delivery, else null.
CREATE FUNCTION responder_admit_alert_1(
  p_again boolean, p_id text, p_source text, p_delivery text, p_received bigint, p_status text, p_title text, p_severity bigint, p_host text, p_user text,
  p_normal text, p_raw text, p_explanation text) RETURNS text
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
BEGIN
  IF p_again AND EXISTS (SELECT 1 FROM alerts WHERE alert_id = p_id) THEN
    RETURN NULL;
  END IF;
  INSERT INTO alerts (alert_id, source, delivery_key, received_at, status, title, severity, host, "user", normal, raw, explanation)
    VALUES (p_id, p_source, p_delivery, p_received, p_status, p_title, p_severity, p_host, p_user, p_normal, p_raw, p_explanation)
    ON CONFLICT (delivery_key) WHERE delivery_key IS NOT NULL DO NOTHING;
  IF FOUND THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT alert_id FROM alerts WHERE delivery_key = p_delivery);
END
$body$;

-- One run of an admission; no row where its alert was a repeated delivery.
CREATE FUNCTION responder_admit_run_1(
  p_again boolean, p_alert text, p_ordinal integer, p_last boolean, p_run text, p_playbook text, p_title text, p_hash text, p_alert_of_run text, p_started_by text,
  p_created bigint, p_priority integer, p_owner text, p_keys text[], p_windows bigint[], p_key text, p_busy text, p_failed text,
  p_at bigint[], p_type text[], p_version integer[], p_payload bytea[])
RETURNS TABLE (run text, status text, holder text, epoch bigint)
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
  v_status text := 'started';
  v_there text;
  v_holder text;
  v_events integer := 1;
  v_owner text;
  v_index integer;
  v_row record;
BEGIN
  IF p_alert IS NOT NULL AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.alert_id = p_alert) THEN
    RETURN;
  END IF;
  IF p_again THEN
    SELECT r.status, r.epoch INTO v_row FROM runs r WHERE r.run_id = p_run;
    IF FOUND THEN
      RETURN QUERY SELECT p_run, CASE WHEN v_row.status IN ('queued', 'failed') THEN v_row.status ELSE 'started' END,
        CASE WHEN v_row.status = 'queued' THEN (SELECT s.run_id FROM slots s WHERE s.key = p_key) END, v_row.epoch;
      RETURN;
    END IF;
    SELECT x.run_id, x.status, x.holder INTO v_row FROM alert_runs x WHERE x.alert_id = p_alert AND x.ordinal = p_ordinal;
    IF FOUND THEN
      RETURN QUERY SELECT v_row.run_id, v_row.status, v_row.holder, 0::bigint;
      RETURN;
    END IF;
  END IF;

  FOR v_index IN 1 .. cardinality(p_keys) LOOP
    SELECT d.run_id INTO v_there FROM dedupe d WHERE d.playbook = p_playbook AND d.key = p_keys[v_index] AND d.at + p_windows[v_index] > p_created FOR UPDATE;
    EXIT WHEN FOUND;
  END LOOP;

  IF v_there IS NULL AND p_key IS NOT NULL THEN
    LOOP
      INSERT INTO slots (key, run_id) VALUES (p_key, p_run) ON CONFLICT DO NOTHING;
      EXIT WHEN FOUND;
      -- Who gives the slot back waits for this lock, and sees the queued run then.
      SELECT s.run_id INTO v_holder FROM slots s WHERE s.key = p_key FOR SHARE;
      EXIT WHEN FOUND;
    END LOOP;
    IF v_holder IS NOT NULL THEN
      v_status := p_busy;
    END IF;
  END IF;

  IF v_there IS NULL AND v_status <> 'skipped' THEN
    FOR v_index IN 1 .. cardinality(p_keys) LOOP
      INSERT INTO dedupe AS d (playbook, key, run_id, at) VALUES (p_playbook, p_keys[v_index], p_run, p_created)
        ON CONFLICT (playbook, key) DO UPDATE SET run_id = excluded.run_id, at = excluded.at WHERE d.at + p_windows[v_index] <= p_created;
      IF NOT FOUND THEN
        -- Another node was first in this moment: what was taken goes back.
        SELECT d.run_id INTO v_there FROM dedupe d WHERE d.playbook = p_playbook AND d.key = p_keys[v_index];
        DELETE FROM dedupe d WHERE d.playbook = p_playbook AND d.key = ANY (p_keys) AND d.run_id = p_run;
        DELETE FROM slots s WHERE s.key = p_key AND s.run_id = p_run;
        EXIT;
      END IF;
    END LOOP;
  END IF;

  IF v_there IS NOT NULL THEN
    v_status := 'attached';
    v_holder := NULL;
  ELSIF v_status <> 'skipped' THEN
    IF v_status = 'started' THEN
      v_owner := p_owner;
    ELSIF v_status = 'failed' THEN
      v_events := cardinality(p_at);
    END IF;
    INSERT INTO runs (run_id, last_seq, epoch, taker, owner, status, reason, ended_at, playbook, title, definition_hash, alert_id, started_by, created_at, priority, concurrency_key)
      VALUES (p_run, v_events, CASE WHEN v_owner IS NULL THEN 0 ELSE 1 END, v_owner, v_owner, CASE v_status WHEN 'started' THEN 'running' ELSE v_status END,
        CASE v_status WHEN 'failed' THEN p_failed END, CASE v_status WHEN 'failed' THEN p_created END, p_playbook, p_title, p_hash, p_alert_of_run, p_started_by, p_created,
        p_priority, p_key);
    INSERT INTO run_events (run_id, seq, at, type, version, payload)
      SELECT p_run, e.n, e.at, e.type, e.version, convert_from(e.payload, 'UTF8')
      FROM unnest(p_at, p_type, p_version, p_payload) WITH ORDINALITY AS e (at, type, version, payload, n) WHERE e.n <= v_events;
  END IF;

  IF p_alert IS NOT NULL THEN
    INSERT INTO alert_runs (alert_id, ordinal, run_id, playbook, status, holder) VALUES (p_alert, p_ordinal, coalesce(v_there, p_run), p_playbook, v_status, v_holder);
    -- Only here is it known that every run that it would start was there already.
    IF p_last AND v_status = 'attached' THEN
      UPDATE alerts a SET status = 'grouped' WHERE a.alert_id = p_alert AND a.status = 'accepted'
        AND NOT EXISTS (SELECT 1 FROM alert_runs x WHERE x.alert_id = p_alert AND x.status <> 'attached');
    END IF;
  END IF;

  RETURN QUERY SELECT coalesce(v_there, p_run), v_status, v_holder, CASE WHEN v_owner IS NULL THEN 0 ELSE 1 END::bigint;
END
$body$;

-- A run's loop threw: how often since it last went well; 0 where there is no such run. Out of patience it is in doubt, and the sweep leaves it alone.
CREATE FUNCTION responder_loop_failed_1(p_run text, p_reason text, p_at bigint, p_waits bigint[])
RETURNS TABLE (failures integer, status text, outcome text, reason text, due_at bigint, started_at bigint, ended_at bigint)
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
  v_failures integer;
BEGIN
  -- woken_at makes the sweep look at it again, retry_at not before its time: whatever the loop had been woken for is not lost.
  UPDATE runs r SET owner = NULL, failures = r.failures + 1, loop_error = p_reason, woken_at = p_at
    WHERE r.run_id = p_run AND r.status NOT IN ('succeeded', 'failed', 'rejected', 'cancelled') RETURNING r.failures INTO v_failures;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 0, NULL::text, NULL::text, NULL::text, NULL::bigint, NULL::bigint, NULL::bigint;
  ELSIF v_failures <= cardinality(p_waits) THEN
    UPDATE runs r SET retry_at = p_at + p_waits[v_failures] WHERE r.run_id = p_run;
    RETURN QUERY SELECT v_failures, NULL::text, NULL::text, NULL::text, NULL::bigint, NULL::bigint, NULL::bigint;
  ELSE
    RETURN QUERY UPDATE runs r SET status = 'in_doubt', retry_at = 9223372036854775807,
        reason = 'The run''s loop failed ' || v_failures || ' times; a person must look. ' || p_reason
      WHERE r.run_id = p_run RETURNING v_failures, r.status, r.outcome, r.reason, r.due_at, r.started_at, r.ended_at;
  END IF;
END
$body$;
