-- For whom does everybody wait in the end? One row with one column: its application_name.
SELECT application_name, state, query
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
