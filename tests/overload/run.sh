#!/usr/bin/env bash
# Runs campaigns of overload, each with one line of JSON and the load of the machine before it.
#
#   tests/overload/run.sh [--full] [--preset PRESET] [--seed SEED] [G24 G25 G26]
#
# Without goals it runs all. The short form is what ctest runs; the full one takes about six
# minutes, holds its figures against those of the goals, and needs a machine that does nothing else.
# Builds what it needs.
# Ends with 1 where a bound was crossed, after all were run.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly ROOT

# Goal, program, and the size of the full form.
readonly CAMPAIGNS=(
  'G24 capacity_campaign 30'
  'G25 flood_campaign 30'
  'G26 retry_campaign 100000'
)

usage() {
  sed -n '4p' "${BASH_SOURCE[0]}" | sed 's/^# *//' >&2
  exit 2
}

main() {
  local full='' preset=release seed='' goals=' '
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --full) full=1 && shift ;;
      --preset) preset="${2:?--preset needs a preset}" && shift 2 ;;
      --seed) seed="${2:?--seed needs a number}" && shift 2 ;;
      G24 | G25 | G26) goals+="$1 " && shift ;;
      *) usage ;;
    esac
  done

  cd "$ROOT"
  local build="$ROOT/build/$preset" campaign goal program size targets=() failed=0
  for campaign in "${CAMPAIGNS[@]}"; do
    read -r goal program size <<<"$campaign"
    if [[ "$goals" == ' ' || "$goals" == *" $goal "* ]]; then targets+=("$program"); fi
  done
  cmake --preset "$preset" >/dev/null
  ninja -C "$build" "${targets[@]}" >/dev/null
  for campaign in "${CAMPAIGNS[@]}"; do
    read -r goal program size <<<"$campaign"
    if [[ "$goals" != ' ' && "$goals" != *" $goal "* ]]; then continue; fi
    printf 'load: %s\n' "$(cut -d' ' -f1-3 /proc/loadavg)" >&2
    "$build/tests/$program" ${full:+"--size=$size"} ${seed:+"--seed=$seed"} || failed=1
  done
  return "$failed"
}

main "$@"
