#!/usr/bin/env bash
# Runs campaigns of faults on the event log, each with one line of JSON, or several.
#
#   tests/faults/run.sh [--full] [--tls] [--preset PRESET] [--seed SEED] [G1 G2 ...]
#
# Without goals it runs all. The short form is what ctest runs; the full one takes hours on two
# cores. With --tls the servers and their clients talk over mutual TLS. Builds what it needs. Ends
# with 1 where a bound was crossed, after all were run.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly ROOT

# Goal, program, and the size of the full form.
readonly CAMPAIGNS=(
  'G1 kill_campaign 10000'
  'G1 server_campaign.py 500'
  'G2 failing_calls_campaign 1'
  'G3 power_loss_campaign 100000'
  'G4 bit_rot_campaign 1'
  'G7 once_campaign 1000000'
  'G8 race_campaign 200000'
  'G9 scoring_campaign.py 100'
  'G10 backup_campaign 200'
  'G11 disk_full_campaign 100'
)
readonly SERVER_PROGRAMS=(planningd realizationd scoringd sakipctl raw_call failing_calls)

usage() {
  sed -n '4,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

# Other names of a goal that a campaign shows beside its own.
goal_of() {
  case "$1" in
    G12) printf 'G2' ;;
    *) printf '%s' "$1" ;;
  esac
}

run_campaign() {
  local build="$1" program="$2"
  shift 2
  if [[ "$program" == *.py ]]; then
    python3 -B "$ROOT/tests/faults/$program" "$build" "$@"
  else
    "$build/tests/$program" "$@"
  fi
}

main() {
  local full='' preset=dev seed='' goals=' ' known=' G28 '
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --full) full=1 && shift ;;
      --tls) export SAKIP_TEST_TLS=1 && shift ;;
      --preset) preset="${2:?--preset needs a preset}" && shift 2 ;;
      --seed) seed="${2:?--seed needs a number}" && shift 2 ;;
      G*) goals+="$(goal_of "$1") " && shift ;;
      *) usage ;;
    esac
  done

  local campaign goal program size targets=()
  for campaign in "${CAMPAIGNS[@]}"; do
    read -r goal program size <<<"$campaign"
    known+="$goal "
    if [[ "$goals" != ' ' && "$goals" != *" $goal "* ]]; then continue; fi
    if [[ "$program" == *.py ]]; then
      targets+=("${SERVER_PROGRAMS[@]}")
    else
      targets+=("$program")
    fi
  done
  for goal in $goals; do
    if [[ "$known" != *" $goal "* ]]; then usage; fi
  done

  cd "$ROOT"
  local build="$ROOT/build/$preset" failed=0 flags
  if [[ ${#targets[@]} -gt 0 ]]; then
    cmake --preset "$preset" >/dev/null
    ninja -C "$build" "${targets[@]}" >/dev/null
  fi
  for campaign in "${CAMPAIGNS[@]}"; do
    read -r goal program size <<<"$campaign"
    if [[ "$goals" != ' ' && "$goals" != *" $goal "* ]]; then continue; fi
    flags=(${full:+"--size=$size"} ${seed:+"--seed=$seed"})
    run_campaign "$build" "$program" "${flags[@]}" || failed=1
  done
  # Only where asked for, or in full: it builds the log once for each bug.
  if [[ "$goals" == *' G28 '* || ( -n "$full" && "$goals" == ' ' ) ]]; then
    python3 -B "$ROOT/tests/faults/run_mutants.py" || failed=1
  fi
  return "$failed"
}

main "$@"
