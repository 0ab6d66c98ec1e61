-- For lists of runs that ended in one way: the rejected ones of a million must not be looked for one by one.
CREATE INDEX runs_ended ON runs (status, created_at) WHERE status IN ('succeeded', 'failed', 'rejected', 'cancelled');
