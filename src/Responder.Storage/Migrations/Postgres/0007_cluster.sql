-- Who is a member of the cluster, as Orleans keeps it: its driver reads its statements from orleansquery, by ten names with fixed parameters and columns.
CREATE TABLE silo_version (
  cluster text PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0);

CREATE TABLE silo (
  cluster text NOT NULL REFERENCES silo_version,
  address text NOT NULL,
  port integer NOT NULL,
  generation integer NOT NULL,
  silo_name text NOT NULL,
  host_name text NOT NULL,
  status integer NOT NULL,
  proxy_port integer,
  suspect_times text,
  start_time timestamp NOT NULL,
  alive timestamp NOT NULL,
  PRIMARY KEY (cluster, address, port, generation));

CREATE TABLE orleansquery (querykey varchar(64) PRIMARY KEY, querytext text NOT NULL);

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', '
  WITH i AS (INSERT INTO silo_version (cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::int FROM i'),
('InsertMembershipKey', '
  WITH v AS (UPDATE silo_version SET at = now(), version = version + 1 WHERE cluster = @DeploymentId AND version = @Version RETURNING 1),
  i AS (INSERT INTO silo (cluster, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM v RETURNING 1)
  SELECT count(*)::int FROM i'),
('UpdateMembershipKey', '
  WITH v AS (UPDATE silo_version SET at = now(), version = version + 1 WHERE cluster = @DeploymentId AND version = @Version RETURNING 1),
  u AS (UPDATE silo SET status = @Status, suspect_times = @SuspectTimes, alive = GREATEST(alive, @IAmAliveTime) FROM v
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation RETURNING 1)
  SELECT count(*)::int FROM u'),
('UpdateIAmAlivetimeKey', '
  UPDATE silo SET alive = GREATEST(alive, @IAmAliveTime)
  WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('MembershipReadAllKey', '
  SELECT v.cluster AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName, m.status AS Status,
    m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive AS IAmAliveTime, v.version AS Version
  FROM silo_version v LEFT JOIN silo m USING (cluster) WHERE v.cluster = @DeploymentId'),
('MembershipReadRowKey', '
  SELECT v.cluster AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName, m.status AS Status,
    m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive AS IAmAliveTime, v.version AS Version
  FROM silo_version v LEFT JOIN silo m ON m.cluster = v.cluster AND m.address = @Address AND m.port = @Port AND m.generation = @Generation WHERE v.cluster = @DeploymentId'),
('GatewaysQueryKey', '
  SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM silo WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0'),
('DeleteMembershipTableEntriesKey', '
  WITH m AS (DELETE FROM silo WHERE cluster = @DeploymentId) DELETE FROM silo_version WHERE cluster = @DeploymentId'),
('CleanupDefunctSiloEntriesKey', '
  DELETE FROM silo WHERE cluster = @DeploymentId AND alive < @IAmAliveTime AND status = 6'),
('CleanupDefunctSiloEntryKey', '
  DELETE FROM silo WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6');
