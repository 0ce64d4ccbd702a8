#!/usr/bin/env python3
"""Writes the table of src/core/word_characters.cc: the code points that Python's \\w matches."""
import re
import sys
import unicodedata

word = re.compile(r"\w")
ranges = []
for code_point in range(sys.maxunicode + 1):
    if 0xD800 <= code_point <= 0xDFFF or not word.match(chr(code_point)):
        continue
    if ranges and ranges[-1][1] == code_point - 1:
        ranges[-1][1] = code_point
    else:
        ranges.append([code_point, code_point])

print(f"// Unicode {unicodedata.unidata_version}, written by scripts/word_characters.py.")
line = "   "
for first, last in ranges:
    cell = f" {{0x{first:X}, 0x{last:X}}},"
    if len(line) + len(cell) > 100:
        print(line)
        line = "   "
    line += cell
print(line)
