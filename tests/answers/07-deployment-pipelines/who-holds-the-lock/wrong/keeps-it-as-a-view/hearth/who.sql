CREATE VIEW head AS
SELECT DISTINCT blocker.application_name
FROM pg_stat_activity AS waiting
CROSS JOIN unnest(pg_blocking_pids(waiting.pid)) AS before (pid)
JOIN pg_stat_activity AS blocker ON blocker.pid = before.pid
WHERE cardinality(pg_blocking_pids(blocker.pid)) = 0
