WITH head AS MATERIALIZED (
    SELECT DISTINCT blocker.application_name, blocker.pid
    FROM pg_stat_activity AS waiting
    CROSS JOIN unnest(pg_blocking_pids(waiting.pid)) AS before (pid)
    JOIN pg_stat_activity AS blocker ON blocker.pid = before.pid
    WHERE waiting.datname = current_database()
      AND cardinality(pg_blocking_pids(blocker.pid)) = 0
), cancelled AS MATERIALIZED (
    SELECT application_name, pg_cancel_backend(pid) AS done FROM head
)
SELECT application_name FROM cancelled WHERE done
