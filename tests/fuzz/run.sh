#!/bin/sh
# Runs every fuzz target for some seconds and prints its statistics; new inputs stay in BUILD/corpus. A
# target that finds a fault (or an input that takes 10 seconds) leaves the input in BUILD/faults, and the
# others still run. usage: tests/fuzz/run.sh BUILD SECONDS
set -eu
build=$1
seconds=$2
corpora=$(dirname "$0")/corpus
failed=
for target in "$build"/bin/*_fuzz; do
  name=$(basename "$target" _fuzz)
  mkdir -p "$build/corpus/$name" "$build/faults"
  echo "== $name"
  "$target" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$build/faults/$name-" "$build/corpus/$name" "$corpora/$name" || failed="$failed $name"
done
if [ -n "$failed" ]; then
  echo "fuzz: faults found by:$failed (inputs in $build/faults)" >&2
  exit 1
fi
