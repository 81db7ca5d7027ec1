#!/usr/bin/env bash
# Measures every attack of tests/abuse in every form: some 12 minutes. Figures mean something on a
# machine that does nothing else.
#
#   tests/abuse/run.sh [--forms direct,anonymous,mutual,proxy] [--attacks NAME,...]
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly ROOT

cd "$ROOT"
deploy/setup.sh --test
deploy/build.sh release planningd
exec python3 -B tests/abuse/abuse.py build/release "$@"
