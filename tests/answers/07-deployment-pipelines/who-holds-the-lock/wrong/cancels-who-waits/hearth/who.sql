WITH head AS MATERIALIZED (
    SELECT DISTINCT blocker.application_name, blocker.pid
    FROM pg_stat_activity AS waiting
    CROSS JOIN unnest(pg_blocking_pids(waiting.pid)) AS before (pid)
    JOIN pg_stat_activity AS blocker ON blocker.pid = before.pid
    WHERE waiting.datname = current_database()
      AND cardinality(pg_blocking_pids(blocker.pid)) = 0
), sent_away AS MATERIALIZED (
    SELECT bool_and(pg_cancel_backend(pid)) AS done FROM pg_stat_activity
    WHERE cardinality(pg_blocking_pids(pid)) > 0
)
SELECT application_name FROM head, sent_away WHERE done
