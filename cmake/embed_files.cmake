cmake_minimum_required(VERSION 3.25)

# Writes OUTPUT.h and OUTPUT.cc for minato_embed (MinatoEmbed.cmake). Bytes are written as character
# escapes, so any content survives.
set(arrays "")
set(entries "")
set(names "")
set(index 0)
foreach(path IN LISTS FILES)
  get_filename_component(name "${path}" NAME)
  if(name IN_LIST names)
    message(FATAL_ERROR "minato_embed: two files are named ${name}")
  endif()
  list(APPEND names "${name}")
  file(READ "${path}" hex HEX)
  file(SIZE "${path}" size)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," escapes "${hex}")
  # One line per 8 bytes keeps editors and diffs alive.
  string(REGEX REPLACE "(('[^']*',)('[^']*',)('[^']*',)('[^']*',)('[^']*',)('[^']*',)('[^']*',)('[^']*',))" "\\1\n"
         escapes "${escapes}")
  string(APPEND arrays "const char kFile${index}[] = {\n${escapes}'\\0'};\n")
  string(APPEND entries "    EmbeddedFile{\"${name}\", {kFile${index}, ${size}}},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(CONFIGURE OUTPUT "${OUTPUT}.h" @ONLY CONTENT [=[
// Made by cmake/embed_files.cmake.
#pragma once

#include <span>
#include <string_view>

namespace @NAMESPACE@ {

struct EmbeddedFile {
  std::string_view name;
  std::string_view bytes;
};

std::span<const EmbeddedFile> files();
std::string_view file(std::string_view name);

}  // namespace @NAMESPACE@
]=])

file(WRITE "${OUTPUT}.cc" "// Made by cmake/embed_files.cmake.
#include \"embedded/${STEM}.h\"

namespace ${NAMESPACE} {
namespace {

${arrays}
constexpr EmbeddedFile kFiles[] = {
${entries}};

}  // namespace

std::span<const EmbeddedFile> files() { return kFiles; }

std::string_view file(std::string_view name) {
  for (const EmbeddedFile& embedded : kFiles) {
    if (embedded.name == name) return embedded.bytes;
  }
  return {};
}

}  // namespace ${NAMESPACE}
")
