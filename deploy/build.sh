#!/usr/bin/env bash
# Configures and builds a preset in build/<preset>; says from time to time how far it is.
#
#   deploy/build.sh PRESET [TARGET...]
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly ROOT

# Ninja configures anew when a CMakeLists.txt changed, but does not know of the presets.
needs_configuring() {
  [[ ! -e "build/$1/build.ninja" || CMakePresets.json -nt "build/$1/build.ninja" ]]
}

# Passes on what is worth reading of ninja's output: every tenth part done, and all that is no
# progress line, which is what compilers say.
show_progress() {
  awk '/^@[0-9]+\/[0-9]+ / {
         split(substr($1, 2), steps, "/")
         part = int(10 * steps[1] / steps[2])
         if (part > shown) { shown = part; print "build: " part * 10 " %"; fflush() }
         next
       }
       /^-- |^ninja: (Entering|no work)/ { next }
       { print; fflush() }'
}

main() {
  if [[ $# == 0 ]]; then
    sed -n '4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
  fi
  local preset="$1"
  shift
  cd "$ROOT"
  if needs_configuring "$preset"; then
    echo "build: configuring $preset"
    cmake --preset "$preset" --log-level=WARNING >/dev/null
  fi
  NINJA_STATUS='@%f/%t ' ninja -C "build/$preset" -j "$(nproc)" "$@" | show_progress
}

main "$@"
