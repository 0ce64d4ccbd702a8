#!/bin/sh
# Makes the npm tools of a folder usable: asks npm only when they are missing or older than the lock file.
# Exit status 77 (ctest: skipped) when Node.js is too old. usage: npm_ready.sh FOLDER NODE_MAJOR
set -eu
cd "$1"
major=$(node --version 2>/dev/null | sed 's/^v//; s/\..*//')
if [ "${major:-0}" -lt "$2" ]; then
  echo "$(basename "$1") needs Node.js $2 or later; found ${major:-none}"
  exit 77
fi
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
