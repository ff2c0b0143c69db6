SELECT DISTINCT application_name
FROM pg_locks AS held
JOIN pg_locks AS wanted ON wanted.relation = held.relation AND NOT wanted.granted
JOIN pg_stat_activity ON pg_stat_activity.pid = held.pid
WHERE held.granted
