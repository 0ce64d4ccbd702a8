#!/bin/sh
# Lints an OpenAPI document. usage: lint.sh FILE
set -eu
file=$(realpath "$1")
cd "$(dirname "$0")"
major=$(node --version 2>/dev/null | sed 's/^v//; s/\..*//')
if [ "${major:-0}" -lt 20 ]; then
  echo "openapi_lint needs Node.js 20 or later; found ${major:-none}"
  exit 77
fi
if [ ! -x node_modules/.bin/redocly ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
exec node_modules/.bin/redocly lint --config redocly.yaml "$file"
