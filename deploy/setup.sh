#!/usr/bin/env bash
# Installs from Debian 12 what building the suite needs; with --test also what its tests need.
#
#   deploy/setup.sh [--test]
#
# Does nothing, and needs no rights, where all of it is there. Else it needs root or sudo.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly ROOT
readonly BUF_VERSION=1.75.0
readonly BUF_DIR="$ROOT/.cache/buf"

readonly BUILD_PACKAGES=(
  # Tools of the build.
  ca-certificates ccache cmake g++ git mold ninja-build pkg-config
  protobuf-compiler protobuf-compiler-grpc
  # What CMakeLists.txt asks for with find_package() and pkg_check_modules().
  libabsl-dev libbenchmark-dev libcli11-dev libcsv-dev libcurl4-openssl-dev libgmock-dev libgmp-dev
  libgrpc++-dev libgtest-dev libjemalloc-dev liblz4-dev libprotobuf-dev librocksdb-dev
  libssl-dev libyaml-cpp-dev nlohmann-json3-dev prometheus-cpp-dev zlib1g-dev
  # Checks of the quickstart, tests.
  python3 python3-yaml
)
# The version of clang-format is part of the rule: another one lays code out differently. openssl
# checks signatures for the second verifier; python3-jwt is an issuer of another make.
readonly TEST_PACKAGES=(clang-format-14 haproxy openssl python3-cryptography python3-jwt)

say() { printf 'setup: %s\n' "$*"; }

die() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

# Prints those of the packages that are not installed.
missing_packages() {
  local installed package
  # dpkg-query fails where it knows one of them not at all; what it prints is still right.
  installed="$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    grep -qxF "$package installed" <<<"$installed" || printf '%s\n' "$package"
  done
}

as_root() {
  if [[ "$(id -u)" == 0 ]]; then "$@"; else sudo "$@"; fi
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  if [[ ${#missing[@]} == 0 ]]; then return; fi
  command -v apt-get >/dev/null || die "no apt-get here; find what Debian calls ${missing[*]}"
  if [[ "$(id -u)" != 0 ]] && ! command -v sudo >/dev/null; then
    die "this needs root: apt-get install ${missing[*]}"
  fi
  say "installing ${#missing[@]} packages: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# buf is no Debian package. A node that is already here stays as it is: Debian's npm does not
# install beside another one. Without buf all but one of the tests run, and that one says so.
install_buf() {
  local manifest="$BUF_DIR/node_modules/@bufbuild/buf/package.json"
  if grep -qs "\"version\": \"$BUF_VERSION\"" "$manifest"; then return; fi
  if ! command -v npm >/dev/null; then
    if command -v node >/dev/null; then
      say "no buf: node is here without npm, which brings it; install the npm that belongs to it"
      return
    fi
    install_packages nodejs npm
  fi
  say "installing buf $BUF_VERSION into .cache/buf"
  mkdir -p "$BUF_DIR"
  npm install --prefix "$BUF_DIR" --no-save --no-package-lock --no-audit --no-fund \
    --loglevel=error "@bufbuild/buf@$BUF_VERSION" >/dev/null ||
    say 'no buf: npm could not install it'
}

main() {
  local test=false
  case "${1:-}" in
    '') ;;
    --test) test=true ;;
    *)
      sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
      exit 2
      ;;
  esac
  install_packages "${BUILD_PACKAGES[@]}"
  if [[ "$test" == true ]]; then
    install_packages "${TEST_PACKAGES[@]}"
    install_buf
  fi
}

main "$@"
