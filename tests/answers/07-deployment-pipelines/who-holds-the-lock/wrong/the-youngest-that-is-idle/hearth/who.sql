SELECT application_name
FROM pg_stat_activity
WHERE datname = current_database() AND state = 'idle in transaction'
ORDER BY xact_start DESC
LIMIT 1
