#!/bin/sh
# Runs every fuzz target for some seconds and prints its statistics; new inputs stay in BUILD/corpus.
# usage: tests/fuzz/run.sh BUILD SECONDS
set -eu
build=$1
seconds=$2
corpora=$(dirname "$0")/corpus
for target in "$build"/bin/*_fuzz; do
  name=$(basename "$target" _fuzz)
  mkdir -p "$build/corpus/$name"
  echo "== $name"
  "$target" -max_total_time="$seconds" -print_final_stats=1 -verbosity=0 "$build/corpus/$name" "$corpora/$name"
done
