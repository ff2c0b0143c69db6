DO $$
DECLARE
    head integer;
BEGIN
    SELECT before INTO head
    FROM pg_stat_activity AS waiting, unnest(pg_blocking_pids(waiting.pid)) AS before
    WHERE cardinality(pg_blocking_pids(before)) = 0;
    PERFORM pg_terminate_backend(head);
END
$$
