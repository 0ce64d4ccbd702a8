#!/bin/sh
# No path of a build machine and no download address of a package registry is in a tracked file.
set -eu
cd "$1"
git rev-parse --git-dir >/dev/null 2>&1 || { echo "not a git checkout: nothing to compare"; exit 0; }
if git grep -nIE '"resolved": *"http|registry *= *http|^deb(-src)? ' -- . ; then
  echo "registry addresses may not be committed"
  exit 1
fi
if git grep -nIF "$(pwd)/" -- . ; then
  echo "paths of this machine may not be committed"
  exit 1
fi
