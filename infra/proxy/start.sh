#!/bin/sh
# Fills in the configuration from the environment and becomes nginx; README.md beside this file lists the variables.
# It stays in the foreground: SIGTERM ends it at once, SIGQUIT after running requests, SIGHUP reads the certificate again.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
for name in VIERSPAN_URL PROXY_INTAKE PROXY_MATCHING PROXY_REPORTING; do
    eval "value=\${$name:-}"
    [ -n "$value" ] || { echo "set the variable $name" >&2; missing=yes; }
done
[ -z "${missing:-}" ] || exit 2
case "${PROXY_TLS:-on}" in
    on | off) ;;
    *) echo "PROXY_TLS is on or off, not $PROXY_TLS" >&2; exit 2 ;;
esac

export PROXY_SCHEME="${VIERSPAN_URL%%:*}"
export PROXY_LISTEN="${PROXY_LISTEN:-127.0.0.1:8443}" PROXY_LISTEN_PLAIN="${PROXY_LISTEN_PLAIN:-127.0.0.1:8080}"
export PROXY_CERTIFICATE="${PROXY_CERTIFICATE:-}" PROXY_CERTIFICATE_KEY="${PROXY_CERTIFICATE_KEY:-}"
export PROXY_RESOLVER="${PROXY_RESOLVER:-127.0.0.1}" PROXY_PAGES="$here/pages"
# Without a provider behind this proxy its addresses lead to intake, which does not know them.
export PROXY_PROVIDER="${PROXY_PROVIDER:-$PROXY_INTAKE}"

folder=${PROXY_FOLDER:-/tmp/proxy}
mkdir -p "$folder"
names=$(sed -n 's/.*\(\${[A-Z_]*}\).*/\1/p' "$here"/*.template | sort -u | tr '\n' ' ')
envsubst "$names" <"$here/nginx.conf.template" >"$folder/nginx.conf"
envsubst "$names" <"$here/door-tls-${PROXY_TLS:-on}.conf.template" >"$folder/door.conf"
cp "$here/house.conf" "$here/pass.conf" "$folder/"

# Started by root, its workers stay root's as well: nobody else may read and write the folders of one trying things out.
[ "$(id -u)" != 0 ] || as="user root root;"
exec "${NGINX:-nginx}" -e stderr -p "$folder/" -c "$folder/nginx.conf" -g "daemon off; ${as:-}"
