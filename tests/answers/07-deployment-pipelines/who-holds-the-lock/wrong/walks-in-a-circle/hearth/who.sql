WITH RECURSIVE queue (pid, before) AS (
    SELECT pid, unnest(pg_blocking_pids(pid) || pid) FROM pg_stat_activity
    UNION ALL
    SELECT before, unnest(pg_blocking_pids(before) || before) FROM queue
)
SELECT DISTINCT application_name
FROM pg_stat_activity
WHERE datname = current_database()
  AND pid IN (SELECT before FROM queue)
  AND cardinality(pg_blocking_pids(pid)) = 0
