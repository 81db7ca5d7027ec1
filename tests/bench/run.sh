#!/usr/bin/env bash
# Builds the benchmarks and runs them: what is measured takes turns with its limit and its peer, and
# the ratios are printed beside their targets.
#
#   tests/bench/run.sh [--short] [--build DIR] [NAME...] [-- OPTION...]
#
# NAME is store, grpc, follow, proof, reader, growth, plan or scoring; all without one. Options
# after -- go to the programs: --rounds=5 --seconds=3 --in_flight=64. --short runs each once and
# briefly, without a peer: it shows that they work. With --build nothing is built; DIR is a build
# that holds them.
#
# plan imports a province into a planning service and has no peer; it takes --agencies=1600
# --sub_activities=100 --seed=1 too, and so does scoring, which scores --years=5 of a province.
#
# The peer is PostgreSQL 15 (Debian: postgresql-15; libpq-dev when building) where it is installed,
# started for the run on a socket of its own. Everything is written below the build.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly ROOT
readonly ALL=(store grpc follow proof reader growth plan scoring)
readonly POSTGRES_BIN=/usr/lib/postgresql/15/bin

say() { printf 'bench: %s\n' "$*"; }

die() {
  printf 'bench: %s\n' "$*" >&2
  exit 1
}

usage() {
  sed -n '5p' "${BASH_SOURCE[0]}" | sed 's/^# *//' >&2
  exit 2
}

folder=''
postgres_pid=''

clean_up() {
  if [[ -n "$postgres_pid" ]]; then
    kill -INT "$postgres_pid" && wait "$postgres_pid" || true
  fi
  if [[ -n "$folder" ]]; then rm -rf "$folder"; fi
}
trap clean_up EXIT

# PostgreSQL refuses to run as root.
unprivileged() {
  if [[ "$(id -u)" != 0 ]]; then
    exec "$@"
  else
    exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
  fi
}

# Prints nothing; leaves its process id in postgres_pid where it serves.
start_postgres() {
  local data="$folder/postgres"
  if [[ ! -x "$POSTGRES_BIN/postgres" ]]; then
    say 'no PostgreSQL 15 here; running without the peer'
    return
  fi
  mkdir "$data"
  if [[ "$(id -u)" == 0 ]]; then
    chmod 755 "$folder"
    chown postgres:postgres "$data"
  fi
  (cd "$data" && unprivileged "$POSTGRES_BIN/initdb" -D "$data/db" -A trust -U bench \
    --no-locale -E UTF8) >"$folder/initdb.log" 2>&1 || {
    say "PostgreSQL does not start; running without the peer: $(tail -1 "$folder/initdb.log")"
    return
  }
  (cd "$data" && unprivileged "$POSTGRES_BIN/postgres" -D "$data/db" -k "$data" \
    -c listen_addresses= -c wal_sync_method=fdatasync -c synchronous_commit=on -c fsync=on \
    -c max_connections=100 -c shared_buffers=256MB -c max_wal_size=4GB) \
    >"$folder/postgres.log" 2>&1 &
  postgres_pid=$!
  local attempt
  for attempt in {1..100}; do
    if "$POSTGRES_BIN/pg_isready" -q -h "$data" -U bench; then return; fi
    kill -0 "$postgres_pid" 2>/dev/null || break
    sleep 0.1
  done
  die "PostgreSQL did not start after $attempt looks: $(tail -1 "$folder/postgres.log")"
}

machine() {
  local cpu
  cpu="$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)"
  printf 'machine: %s cores, %s, Linux %s\n' "$(nproc)" "${cpu:-unknown processor}" "$(uname -r)"
}

# Runs a benchmark; what it logs is kept apart from the tables, and shown where it fails.
run() {
  local name="$1"
  shift
  "$build/bench/${name}_bench" "$@" 2>"$folder/$name.log" | tee -a "$folder/tables" || {
    grep -v '^{' "$folder/$name.log" | tail -5 >&2 || true
    die "$name failed"
  }
  rm -f "$folder/$name.log"
}

main() {
  local names=() options=() short=''
  build=''
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --short) short=yes && shift ;;
      --build) build="$(cd "${2:?--build needs a folder}" && pwd)" && shift 2 ;;
      --) shift && options=("$@") && break ;;
      -*) usage ;;
      *) names+=("$1") && shift ;;
    esac
  done
  [[ ${#names[@]} -gt 0 ]] || names=("${ALL[@]}")
  local name
  for name in "${names[@]}"; do
    [[ " ${ALL[*]} " == *" $name "* ]] || usage
  done

  if [[ -z "$build" ]]; then
    build="$ROOT/build/release"
    say 'building preset release'
    (cd "$ROOT" && cmake --preset release >/dev/null && cmake --build --preset release --target \
      "${names[@]/%/_bench}" >/dev/null) || die 'the build failed'
  fi
  folder="$(mktemp -d "$build/bench-XXXXXX")"
  export TMPDIR="$folder"
  machine
  if [[ -n "$short" ]]; then
    options+=(--short)
  elif [[ " ${names[*]} " =~ ' store '|' grpc '|' scoring ' ]]; then
    start_postgres
    [[ -z "$postgres_pid" ]] ||
      options+=("--postgres=host=$folder/postgres user=bench dbname=postgres")
  fi
  for name in "${names[@]}"; do run "$name" "${options[@]}"; done
  if [[ -z "$short" ]]; then
    printf '\ntargets: %s reached, %s not\n' \
      "$(grep -c ': reached$' "$folder/tables")" "$(grep -c ': NOT REACHED$' "$folder/tables")"
  fi
}

main "$@"
