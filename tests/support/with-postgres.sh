#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own: with-postgres.sh COMMAND [ARG ...]
# The server lives in a temporary folder, listens on a free port of the loopback address, and goes with the command.
# MACHIARUKI_TEST_POSTGRES names it to the command.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
  echo "with-postgres.sh: PostgreSQL is not installed: run 'make deps'" >&2
  exit 1
fi

folder=$(mktemp -d /tmp/machiaruki-postgres.XXXXXX)
# initdb refuses to run as root.
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as() { runuser -u postgres -- "$@"; }
else
  as() { "$@"; }
fi
stop() {
  (cd / && as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
(
  cd /
  as "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C >"$folder.log" 2>&1
  # Tests trust everybody but those who must show a password: the members of this role.
  as sed -i '1i host all +asked_for_password 127.0.0.1/32 scram-sha-256' "$folder/data/pg_hba.conf"
  # The tests' data need not outlive a power cut.
  as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" start \
    -o "-c listen_addresses=127.0.0.1 -p $port -c unix_socket_directories=$folder -c fsync=off -c max_connections=200" \
    >>"$folder.log" 2>&1
  as "$bin/psql" -q -h 127.0.0.1 -p "$port" -U postgres -c "CREATE ROLE asked_for_password" >>"$folder.log" 2>&1
) || { cat "$folder.log" >&2; exit 1; }
rm -f "$folder.log"

export MACHIARUKI_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
"$@"
