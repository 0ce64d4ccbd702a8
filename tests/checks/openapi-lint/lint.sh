#!/bin/sh
# Lints an OpenAPI document. usage: lint.sh FILE
set -eu
file=$(realpath "$1")
cd "$(dirname "$0")"
../npm_ready.sh "$PWD" 20
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
exec node_modules/.bin/redocly lint --config redocly.yaml "$file"
