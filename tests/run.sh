#!/usr/bin/env bash
# Builds everything and runs the tests. Ends with ctest's summary and its exit code.
#
#   tests/run.sh [--label LABEL] [--preset dev|release|asan|tsan]
#
# A label runs only the tests that carry it; one that no test carries is an error.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly ROOT

say() { printf 'tests: %s\n' "$*"; }

usage() {
  sed -n '4,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

main() {
  local label='' preset=dev
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --label) label="${2:?--label needs a label}" && shift 2 ;;
      --preset) preset="${2:?--preset needs a preset}" && shift 2 ;;
      *) usage ;;
    esac
  done

  cd "$ROOT"
  deploy/setup.sh --test
  say "building preset $preset"
  deploy/build.sh "$preset"
  say "running${label:+ those labelled $label}"
  # Without a match ctest would be content; a misspelt label must not look like success.
  exec ctest --preset "$preset" --parallel "$(nproc)" --no-tests=error \
    ${label:+--label-regex "^${label}\$"}
}

main "$@"
