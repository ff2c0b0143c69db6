SELECT DISTINCT application_name
FROM pg_locks
JOIN pg_stat_activity USING (pid)
WHERE mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
