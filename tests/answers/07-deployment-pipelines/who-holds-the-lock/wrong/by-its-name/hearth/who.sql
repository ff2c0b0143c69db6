-- For whom does everybody wait in the end? One row with one column: its application_name.
SELECT application_name
FROM pg_stat_activity
WHERE application_name ~ '^(psql|import|stocktake)'
