#!/bin/sh
# Fails when a file below src/ includes what include_rules.txt does not allow.
# usage: include_rules.sh RULES SOURCE_DIR
set -eu
rules=$1
src=$2
cd "$src"
find . -name '*.h' -o -name '*.cc' | sed 's|^\./||' | sort | xargs grep -n '^ *# *include' /dev/null |
awk -v rules="$rules" '
  function longest(table, path,   name, best) {
    best = ""
    for (name in table) if (index(path "/", name "/") == 1 && length(name) > length(best)) best = name
    return best
  }
  BEGIN {
    while ((getline line < rules) > 0) {
      if (line ~ /^#/ || line == "") continue
      split(line, part, ": *")
      if (line ~ /^third-party /) { sub(/^third-party /, "", part[1]); third[part[1]] = part[2] }
      else { allowed[part[1]] = " " part[2] " " ; known[part[1]] = 1 }
    }
  }
  {
    split($0, at, ":"); file = at[1]; number = at[2]
    folder = longest(known, file)
    if (folder == "") { print file ": folder is not in " rules; bad = 1; next }
    target = $0; sub(/^[^<"]*[<"]/, "", target); sub(/[>"].*/, "", target)
    if ($0 ~ /include *"/) {
      to = longest(known, target)
      if (to == "") { print file ":" number ": \"" target "\" is not below src/ by its full path"; bad = 1 }
      else if (to != folder && index(allowed[folder], " " to " ") == 0) {
        print file ":" number ": " folder " may not include " to " (" target ")"; bad = 1
      }
      checked++
    } else {
      for (name in third) if (index(target, name) == 1) {
        ok = 0; n = split(third[name], rooms, " ")
        for (i = 1; i <= n; i++) if (index(file, rooms[i]) == 1) ok = 1
        if (!ok) { print file ":" number ": <" target "> belongs in " third[name]; bad = 1 }
        checked++
      }
    }
  }
  END {
    if (!checked) { print "nothing was checked"; exit 1 }
    if (bad) exit 1
    print checked " includes follow the rules"
  }'
