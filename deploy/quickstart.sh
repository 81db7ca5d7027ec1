#!/usr/bin/env bash
# Builds the suite, starts it on loopback and scores a real year of a real agency.
#
#   deploy/quickstart.sh [--once] [--keep]
#
#   --once  stop at the end; success only if every figure is the expected one
#   --keep  keep the data of earlier runs instead of starting empty
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly ROOT
readonly BIN=build/release/bin
readonly RUN=.run/quickstart
readonly SAMPLE=deploy/samples/jember-2023
readonly AGENCY=regions/35.09/agencies/dinsos
readonly SERVICES=(planning realization scoring)
readonly START_SECONDS=30
readonly STOP_SECONDS=30

declare -rA PORT=([planning]=50151 [realization]=50152 [scoring]=50153)
declare -A PID=()
STOPPING=false

say() { printf '%s\n' "$*"; }

die() {
  printf 'quickstart: %s\n' "$*" >&2
  exit 1
}

step() { printf '\n== %s\n' "$*"; }

is_running() { kill -0 "$1" 2>/dev/null; }

# Runs a function that tests something until it holds; fails after that many seconds.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    if ((SECONDS >= deadline)); then return 1; fi
    sleep 0.05
  done
}

check_ports_are_free() {
  local service
  for service in "${SERVICES[@]}"; do
    if (exec 3<>"/dev/tcp/127.0.0.1/${PORT[$service]}") 2>/dev/null; then
      die "port ${PORT[$service]} of $service is taken, perhaps by another quickstart." \
        "Stop what listens there (ss -ltnp 'sport = ${PORT[$service]}') and run this again."
    fi
  done
}

show_end_of_log() {
  printf '\nThe end of %s:\n' "$RUN/$1.log" >&2
  tail -n 15 "$RUN/$1.log" >&2
}

fail_if_a_service_ended() {
  local service
  for service in "${!PID[@]}"; do
    if ! is_running "${PID[$service]}"; then
      show_end_of_log "$service"
      die "$service ended by itself"
    fi
  done
}

has_address_or_ended() { [[ -s "$RUN/$1.address" ]] || ! is_running "${PID[$1]}"; }

# start SERVICE [FLAG...]
start() {
  local service="$1"
  shift
  rm -f "$RUN/$service.address"
  "$BIN/${service}d" --listen="127.0.0.1:${PORT[$service]}" --address_file="$RUN/$service.address" \
    --data_dir="$RUN/data/$service" --quota_file=deploy/quotas.json "$@" \
    >>"$RUN/$service.log" 2>&1 &
  PID[$service]=$!
  if ! wait_until "$START_SECONDS" has_address_or_ended "$service"; then
    show_end_of_log "$service"
    die "$service did not listen within $START_SECONDS seconds"
  fi
  fail_if_a_service_ended
}

ctl() { "$BIN/sakipctl" "$@"; }

# Sends something to the services; where that fails the reason may be that one of them ended.
send() {
  if ! ctl "$@" >"$RUN/last-answer.txt" 2>&1; then
    cat "$RUN/last-answer.txt" >&2
    fail_if_a_service_ended
    die "this failed: sakipctl $*"
  fi
}

start_services() {
  start planning
  start realization --planning="127.0.0.1:${PORT[planning]}"
  start scoring --planning="127.0.0.1:${PORT[planning]}" \
    --realization="127.0.0.1:${PORT[realization]}"
}

publish_and_submit() {
  step "Publishing the plans and submitting the four quarters of $AGENCY"
  send agency register "$SAMPLE"/01-agency.yaml
  send plan publish "$SAMPLE"/0[2-9]-*.yaml
  send submit "$SAMPLE"/1[1-4]-submission-*.yaml
}

# Shows the scorecard without its longest parts, and how one of its figures came about.
show_scorecard() {
  local card=(scorecard "$AGENCY" --year 2023 --quarter 4)
  step 'The scorecard of the fourth quarter'
  ctl "${card[@]}" >"$RUN/scorecard.txt"
  ctl "${card[@]}" --output json >"$RUN/scorecard.json"
  sed -e '/^Sub kegiatan$/,/^Anggaran$/{/^Anggaran$/!d}' -e '/^Temuan/q' "$RUN/scorecard.txt"
  say "with sub-activities and findings: $RUN/scorecard.txt"
  say "with every derivation:            $RUN/scorecard.json"
  step 'Why IKU2 is not 100 %, as the agency printed it'
  ctl explain "$AGENCY" IKU2 --year 2023 --quarter 4
}

show_where() {
  step 'Running'
  local service
  for service in "${SERVICES[@]}"; do
    printf '%-12s 127.0.0.1:%s   process %s   log %s\n' \
      "$service" "${PORT[$service]}" "${PID[$service]}" "$RUN/$service.log"
  done
  say "data         $RUN/data"
  say "try          $BIN/sakipctl --help"
  say 'stop         Ctrl-C'
}

none_is_running() {
  local service
  for service in "${!PID[@]}"; do
    if is_running "${PID[$service]}"; then return 1; fi
  done
}

# Ends what this script started, by process id, and fails where a service did not end by itself or
# not with 0. The services are told in the order in which they ask each other.
stop_services() {
  local service failed=0
  STOPPING=true
  for service in scoring realization planning; do
    if [[ -n "${PID[$service]:-}" ]]; then kill -TERM "${PID[$service]}" 2>/dev/null || true; fi
  done
  wait_until "$STOP_SECONDS" none_is_running || true
  for service in "${!PID[@]}"; do
    if kill -KILL "${PID[$service]}" 2>/dev/null; then
      say "quickstart: $service did not stop within $STOP_SECONDS seconds and was killed" >&2
    fi
    wait "${PID[$service]}" || failed=1
    unset "PID[$service]"
  done
  return "$failed"
}

at_exit() {
  local code=$?
  trap - EXIT
  if [[ "$STOPPING" == false ]]; then stop_services || true; fi
  exit "$code"
}

on_signal() {
  trap '' INT TERM
  printf '\n'
  say 'Stopping.'
  if stop_services; then exit 0; fi
  die "a service did not stop as it should; see $RUN/*.log"
}

# Returns when one of the services ends; a signal ends the script before.
wait_for_end() {
  wait -n "${PID[@]}" || true
  fail_if_a_service_ended
}

main() {
  local once=false keep=false
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --once) once=true ;;
      --keep) keep=true ;;
      *)
        sed -n '4,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
    esac
    shift
  done

  cd "$ROOT"
  check_ports_are_free
  step 'Building (minutes the first time, a second when nothing changed)'
  deploy/setup.sh
  deploy/build.sh release planningd realizationd scoringd sakipctl

  step 'Starting planning, realization and scoring on 127.0.0.1'
  if [[ "$keep" == false ]]; then rm -rf "$RUN"; fi
  mkdir -p "$RUN/data"
  trap at_exit EXIT
  trap on_signal INT TERM
  export SAKIP_PLANNING="127.0.0.1:${PORT[planning]}"
  export SAKIP_REALIZATION="127.0.0.1:${PORT[realization]}"
  export SAKIP_SCORING="127.0.0.1:${PORT[scoring]}"
  start_services

  publish_and_submit
  show_scorecard
  if [[ "$once" == true ]]; then
    step 'Comparing with the expected figures'
    python3 -B deploy/check_scorecard.py "$RUN/scorecard.json" || die 'a figure is another one'
    fail_if_a_service_ended
    stop_services || die "a service did not stop as it should; see $RUN/*.log"
    say 'All as expected; everything is stopped.'
  else
    show_where
    wait_for_end
  fi
}

main "$@"
