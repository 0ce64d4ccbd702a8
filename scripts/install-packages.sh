#!/bin/sh
# Installs the Debian packages that are missing for the named sets (build, test, bench, format, fuzz).
# Works as root or with sudo; says what it does; silent when nothing is missing.
set -eu
here=$(dirname "$0")
missing=
for set in "$@"; do
  while read -r kind package command; do
    [ "$kind" = "$set" ] || continue
    if [ -n "$command" ] && command -v "$command" >/dev/null 2>&1; then continue; fi
    if dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$'; then continue; fi
    missing="$missing $package"
  done < "$here/packages.txt"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "install-packages: this is not a Debian system; install by hand:$missing" >&2
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then sudo=
elif command -v sudo >/dev/null 2>&1; then sudo=sudo
else
  echo "install-packages: run as root (or install sudo) to install:$missing" >&2
  exit 1
fi
echo "Installing Debian packages:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # a list of package names
if ! { $sudo apt-get update -qq &&
       $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "install-packages: apt-get failed; see above" >&2
  exit 1
fi
