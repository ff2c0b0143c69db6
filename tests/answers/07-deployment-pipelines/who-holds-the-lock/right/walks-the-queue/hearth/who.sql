WITH RECURSIVE queue (pid, before) AS (
    SELECT pid, unnest(pg_blocking_pids(pid)) FROM pg_stat_activity WHERE wait_event_type = 'Lock'
    UNION
    SELECT before, unnest(pg_blocking_pids(before)) FROM queue
)
SELECT application_name::text
FROM pg_stat_activity
WHERE datname = current_database()
  AND pid IN (SELECT before FROM queue)
  AND pid NOT IN (SELECT pid FROM queue);
