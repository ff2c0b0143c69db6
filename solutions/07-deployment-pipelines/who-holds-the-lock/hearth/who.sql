-- For whom does everybody wait in the end? One row with one column: its application_name.
SELECT DISTINCT blocker.application_name
FROM pg_stat_activity AS waiting
CROSS JOIN unnest(pg_blocking_pids(waiting.pid)) AS before (pid)
JOIN pg_stat_activity AS blocker ON blocker.pid = before.pid
WHERE waiting.datname = current_database()
  -- Who waits as well is in the queue, and not at its head.
  AND cardinality(pg_blocking_pids(blocker.pid)) = 0
