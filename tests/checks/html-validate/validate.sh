#!/bin/sh
# Validates pages of a running program. usage: validate.sh PROGRAM DATASETS
set -eu
here=$(dirname "$(realpath "$0")")
"$here/../npm_ready.sh" "$here" 18
exec node "$here/validate.mjs" "$1" "$2"
