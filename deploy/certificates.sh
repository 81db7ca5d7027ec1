#!/usr/bin/env bash
# Makes a certificate authority of one's own and certificates of it, for development and tests.
#
#   deploy/certificates.sh FOLDER service NAME [HOST...]
#   deploy/certificates.sh FOLDER client NAME
#
# The authority is FOLDER/ca.pem, made where it is missing. A certificate is FOLDER/NAME.pem with
# its key in NAME.key, made anew each time, valid for SAKIP_CERTIFICATE_DAYS (30). That of a service
# names spiffe://sakip/service/NAME, localhost, 127.0.0.1 and each HOST; that of a client names
# spiffe://sakip/client/NAME and serves nobody. In production certificates come from the site's own
# authority: here its key lies beside them.
set -euo pipefail
umask 077

readonly CA_DAYS=3650
readonly DAYS="${SAKIP_CERTIFICATE_DAYS:-30}"

die() {
  printf 'certificates: %s\n' "$*" >&2
  exit 2
}

make_key() {
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"
}

make_authority() {
  local folder="$1"
  if [[ -e "$folder/ca.pem" ]]; then return; fi
  make_key "$folder/ca.key"
  openssl req -new -x509 -key "$folder/ca.key" -subj '/CN=sakip development CA' -days "$CA_DAYS" \
    -addext 'keyUsage=critical,keyCertSign,cRLSign' -out "$folder/ca.pem.part"
  mv "$folder/ca.pem.part" "$folder/ca.pem"
}

# The text of subjectAltName.
names_of() {
  local kind="$1" name="$2" host names
  shift 2
  names="URI:spiffe://sakip/$kind/$name"
  for host in "$@"; do
    if [[ "$host" =~ ^[0-9.]+$|: ]]; then names+=",IP:$host"; else names+=",DNS:$host"; fi
  done
  printf '%s' "$names"
}

issue() {
  local folder="$1" name="$2" usage="$3" names="$4" work
  work="$(mktemp -d "$folder/.issue.XXXXXX")"
  make_key "$work/key"
  printf '%s\n' 'basicConstraints=CA:FALSE' 'keyUsage=critical,digitalSignature' \
    "extendedKeyUsage=$usage" "subjectAltName=$names" >"$work/extensions"
  openssl req -new -key "$work/key" -subj "/CN=$name" -out "$work/request"
  openssl x509 -req -in "$work/request" -CA "$folder/ca.pem" -CAkey "$folder/ca.key" \
    -days "$DAYS" -set_serial "0x$(openssl rand -hex 16)" -extfile "$work/extensions" \
    -out "$work/pem" 2>/dev/null
  # Whoever uses them waits until both are there.
  mv "$work/key" "$folder/$name.key"
  mv "$work/pem" "$folder/$name.pem"
  rm -r "$work"
}

main() {
  if [[ $# -lt 3 || ! "$2" =~ ^(service|client)$ ]]; then
    sed -n '4,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
  fi
  command -v openssl >/dev/null || die 'this needs openssl: apt-get install openssl'
  local folder="$1" kind="$2" name="$3" names
  shift 3
  if [[ ! "$name" =~ ^[A-Za-z0-9._-]+$ || "$name" == ca ]]; then die "$name is no name to give"; fi
  mkdir -p "$folder"
  make_authority "$folder"
  if [[ "$kind" == service ]]; then
    names="$(names_of service "$name" localhost 127.0.0.1 "$@")"
    issue "$folder" "$name" serverAuth,clientAuth "$names"
  else
    issue "$folder" "$name" clientAuth "$(names_of client "$name")"
  fi
}

main "$@"
