#!/usr/bin/env bash
# A private PostgreSQL for the tests: start | stop | url | pause | resume. Its data lives in a temporary folder (APPROVALS_POSTGRES_DIR, by
# default one per checkout), it listens on 127.0.0.1 only, on a free port, and trusts whoever connects: test data only.
# start and url print the connection string, which the tests read from APPROVALS_TEST_POSTGRES. pause takes the server down as
# a failure would, resume brings it back on its port; with APPROVALS_POSTGRES_DURABLE a commit survives that. APPROVALS_POSTGRES_FSYNC
# has every commit wait for the disk, as an installation does; the benchmarks set it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=${APPROVALS_POSTGRES_DIR:-/tmp/approvals-postgres-$(printf %s "$root" | cksum | cut -d' ' -f1)}

fail() { echo "tests/postgres.sh: $*" >&2; exit 1; }

binaries() {
  local newest
  newest=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || true
  [ -n "$newest" ] || fail "PostgreSQL was not found in /usr/lib/postgresql; run tests/install.sh"
  echo "$newest"
}

# PostgreSQL refuses to run as root, so root hands over to the user that Debian's package made.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

running() { [ -f "$dir/data/postmaster.pid" ] && as_postgres "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; }

url() {
  running || fail "not running; use: tests/postgres.sh start"
  echo "Host=127.0.0.1;Port=$(sed -n 4p "$dir/data/postmaster.pid");Username=postgres;Database=postgres"
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); do
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

start() {
  ! running || { url; return; }
  rm -rf "$dir"
  mkdir -m 700 "$dir"
  [ "$(id -u)" -ne 0 ] || chown postgres "$dir"
  as_postgres "$bin/initdb" -D "$dir/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >"/dev/null" \
    || fail "initdb failed"
  local try durable=off disk=off
  [ -z "${APPROVALS_POSTGRES_DURABLE:-}" ] || durable=on
  [ -z "${APPROVALS_POSTGRES_FSYNC:-}" ] || { durable=on; disk=on; }
  for try in 1 2 3 4 5; do # another program may take the port between the look and the start
    as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -s \
      -o "-c listen_addresses=127.0.0.1 -c port=$(free_port) -c unix_socket_directories=$dir -c max_connections=200" \
      -o "-c fsync=$disk -c synchronous_commit=$durable -c full_page_writes=$disk" start </dev/null >/dev/null 2>&1 && { url; return; }
  done
  tail -n 20 "$dir/log" >&2
  fail "PostgreSQL did not start"
}

pause() { as_postgres "$bin/pg_ctl" -D "$dir/data" -m immediate -w -s stop; }

# As it was started before; one that runs is left alone.
resume() { running || as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -s -o "$(options)" start </dev/null >/dev/null 2>&1; }

options() { sed 's/^.*"-D" "[^"]*" //; s/"//g' "$dir/data/postmaster.opts"; }

stop() {
  ! running || as_postgres "$bin/pg_ctl" -D "$dir/data" -m immediate -w -s stop
  rm -rf "$dir"
}

bin=$(binaries)
case "${1:-}" in
  start) start ;;
  stop) stop ;;
  url) url ;;
  pause) pause ;;
  resume) resume ;;
  *) fail "say start, stop, url, pause or resume" ;;
esac
