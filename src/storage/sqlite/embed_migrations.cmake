# cmake -DFOLDER=... -DOUTPUT=... -DHEADER=... -DNAMESPACE=... -DFUNCTION=... -P: writes the numbered .sql
# files of FOLDER as a C++ array, and the function of HEADER that gives it.
file(GLOB files "${FOLDER}/*.sql")
list(SORT files)
set(rows "")
set(expected 0)
foreach(path IN LISTS files)
  get_filename_component(name "${path}" NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
    message(FATAL_ERROR "${path}: a migration is named NNNN_what_it_does.sql")
  endif()
  math(EXPR expected "${expected} + 1")
  string(REGEX REPLACE "^0*([1-9][0-9]*)_.*" "\\1" number "${name}")
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "${path}: number ${expected} is missing or used twice")
  endif()
  file(READ "${path}" sql)
  string(APPEND rows "    {${number}, \"${name}\", R\"minato_sql(${sql})minato_sql\"},\n")
endforeach()
file(WRITE "${OUTPUT}.new" "// Made from *.sql by embed_migrations.cmake.
#include \"${HEADER}\"

namespace ${NAMESPACE} {
namespace {

constexpr Migration kMigrations[] = {
${rows}};

}  // namespace

std::span<const Migration> ${FUNCTION}() { return kMigrations; }

}  // namespace ${NAMESPACE}
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
