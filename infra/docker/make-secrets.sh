#!/bin/sh
# Makes the secrets that docker-compose.yml names, once: what is there already stays as it is. Run it from anywhere.
# The folder can be entered by its owner only; the files in it can be read by whoever a container runs as.
set -eu

folder=${SECRETS:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder"
chmod 700 "$folder"

for name in \
    secret-key postgres-password redis-password oidc-client-secret provider-admin-password example-password \
    identity-database-password intake-database-password matching-database-password reporting-database-password \
    provider-database-password
do
    place=$folder/$name
    [ -s "$place" ] && continue
    # 48 random characters, and no sign that a shell, an address or a configuration file could read as its own.
    LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 48 >"$place.new"
    chmod 444 "$place.new"
    mv "$place.new" "$place"
    echo "made $place"
done
