#!/usr/bin/env bash
# Builds the fuzz targets with Clang and runs them: G20. Needs clang-14 of Debian (about 260 MB),
# which it does not install.
#
#   tests/fuzz/run.sh [--inputs N] [--seconds N] [--targets NAME,...] [--seed N]
#
# N inputs over all targets, by their shares; --seconds ends each target earlier. Inputs that reach
# new code are kept in build/fuzz/corpus, what ended a target in build/fuzz/found. Ends with one
# line of JSON, and with 1 where anything was found.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly ROOT

cd "$ROOT"
command -v clang++-14 >/dev/null || {
  echo 'fuzz: no clang++-14; apt-get install clang-14' >&2
  exit 1
}
deploy/build.sh fuzz fuzz_targets
exec python3 -B tests/fuzz/run.py "$@"
