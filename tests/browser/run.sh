#!/bin/sh
# Runs one file of browser tests. usage: run.sh FILE.mjs (what it needs: environment, CMakeLists.txt)
set -eu
here=$(dirname "$(realpath "$0")")
"$here/../checks/npm_ready.sh" "$here" 18
case $1 in
  prepare.mjs) exec node "$here/prepare.mjs" "$BROWSER_WORLD" ;;
  *) exec node --test-reporter=spec "$here/$1" ;;
esac
