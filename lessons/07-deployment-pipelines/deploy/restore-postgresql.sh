#!/bin/sh
# Puts a backup of `pg_dump -Fc` back in the place of a database:
#     sh deploy/restore-postgresql.sh hearth hearth.dump
# PGHOST, PGUSER and their like say where the server is.
set -e
database=$1 backup=$2

# Sooner found out now than after the DROP: can the backup be read?
pg_restore --list "$backup" > /dev/null
# What was written since the backup is only in this copy.
pg_dump -Fc --file "$backup.replaced" "$database"
# FORCE ends the connections of an app that was forgotten.
psql --quiet -v ON_ERROR_STOP=1 -d postgres \
    -c "DROP DATABASE \"$database\" WITH (FORCE)" \
    -c "CREATE DATABASE \"$database\""
pg_restore --exit-on-error -d "$database" "$backup"
