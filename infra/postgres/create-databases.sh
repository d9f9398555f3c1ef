#!/bin/sh
# Makes a database and its only user for identity and for each service; run as PostgreSQL's superuser, as often as wanted.
# SECRETS is the folder with a file <name>-database-password for each of them (default /run/secrets).
set -eu

for name in ${DATABASES:-identity intake matching reporting}; do
    password=$(cat "${SECRETS:-/run/secrets}/$name-database-password")
    [ -n "$password" ] || { echo "the password of $name is empty" >&2; exit 1; }
    PASSWORD=$password psql -qX -v ON_ERROR_STOP=1 -v name="$name" <<'SQL'
\getenv password PASSWORD
SELECT format('CREATE ROLE %I LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SELECT format('ALTER ROLE %I PASSWORD %L', :'name', :'password') \gexec
SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' LOCALE ''C.UTF-8'' TEMPLATE template0', :'name', :'name')
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') \gexec
SQL
done
