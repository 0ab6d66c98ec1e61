-- For lists of the alerts of one host or one user: the few of a million must not be looked for one by one.
CREATE INDEX alerts_by_host ON alerts (lower(host), received_at, alert_id) WHERE host IS NOT NULL;
CREATE INDEX alerts_by_user ON alerts (lower("user"), received_at, alert_id) WHERE "user" IS NOT NULL;

-- Lists say it for SQLite's planner, which knows the word; here it is what stands in it.
CREATE FUNCTION likely(boolean) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1';
