#!/bin/bash
# Starts the provider for trying out. It knows secrets as variables only, so they are read from their files here.
set -eu

secret() { echo "$(<"/run/secrets/$1")"; }

KC_DB_PASSWORD=$(secret provider-database-password)
KC_BOOTSTRAP_ADMIN_PASSWORD=$(secret provider-admin-password)
OIDC_CLIENT_SECRET=$(secret oidc-client-secret)
EXAMPLE_PASSWORD=$(secret example-password)
export KC_DB_PASSWORD KC_BOOTSTRAP_ADMIN_PASSWORD OIDC_CLIENT_SECRET EXAMPLE_PASSWORD

exec /opt/keycloak/bin/kc.sh start --import-realm
