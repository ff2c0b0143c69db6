SELECT application_name
FROM pg_stat_activity
WHERE pid = (
    SELECT (pg_blocking_pids(pid))[1]
    FROM pg_stat_activity
    WHERE cardinality(pg_blocking_pids(pid)) > 0
    ORDER BY query_start
    LIMIT 1
)
