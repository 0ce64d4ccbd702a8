#!/bin/sh
# Validates pages of a running program (BROWSER_PROGRAM, BROWSER_WORLD: tests/browser/CMakeLists.txt).
set -eu
here=$(dirname "$(realpath "$0")")
"$here/../npm_ready.sh" "$here" 18
exec node "$here/validate.mjs"
