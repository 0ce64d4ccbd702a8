#!/bin/sh
# Every shell script of the project parses.
set -eu
cd "$1"
for script in scripts/*.sh tests/checks/*.sh tests/fuzz/*.sh bench/*.sh .ci/run; do
  [ -f "$script" ] || continue
  bash -n "$script"
done
