# How our targets are compiled, and two functions that declare them.

include(MinatoEmbed)

find_program(MINATO_CCACHE ccache)
if(MINATO_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${MINATO_CCACHE}")
endif()
find_program(MINATO_MOLD mold)
if(MINATO_MOLD AND NOT MINATO_FUZZ)
  add_link_options(-fuse-ld=mold)
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

add_library(minato_flags INTERFACE)
target_compile_options(minato_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # ccache can only keep precompiled headers with this. The warnings switched off misfire in GCC 12's
  # optimiser on std::string and std::variant (GCC bugs 105329, 105562, 105651).
  target_compile_options(minato_flags INTERFACE -fpch-preprocess -Wno-restrict
                         "$<$<CONFIG:Release,RelWithDebInfo>:-Wno-maybe-uninitialized;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-array-bounds>")
endif()
target_compile_options(minato_flags INTERFACE $<$<CONFIG:Release>:-fstack-protector-strong>)
target_compile_definitions(minato_flags INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>
                           RAPIDJSON_HAS_STDSTRING=1)
target_include_directories(minato_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
target_link_libraries(minato_flags INTERFACE Threads::Threads)
if(MINATO_SANITIZE)
  target_compile_options(minato_flags INTERFACE -fsanitize=${MINATO_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all
                         # RapidJSON adds an offset to a null pointer in an empty stack (internal/stack.h).
                         -fno-sanitize=pointer-overflow)
  target_link_options(minato_flags INTERFACE -fsanitize=${MINATO_SANITIZE})
endif()

# One precompiled header of the standard library for the whole program.
option(MINATO_PCH "Use the precompiled header" ON)
if(MINATO_PCH)
  add_library(minato_pch OBJECT "${CMAKE_SOURCE_DIR}/cmake/pch.cc")
  target_link_libraries(minato_pch PUBLIC minato_flags)
  target_precompile_headers(minato_pch PRIVATE "${CMAKE_SOURCE_DIR}/cmake/pch.h")
endif()
function(minato_use_pch target)
  if(MINATO_PCH)
    target_precompile_headers(${target} REUSE_FROM minato_pch)
  endif()
endfunction()

# minato_library(<name> [USES <our libraries>] [LIBRARIES <third-party targets>] [RECURSE])
# One static library of the .cc files of the current folder (RECURSE: and of the folders below it).
# USES is what it may include; tests/checks holds the same table.
function(minato_library name)
  cmake_parse_arguments(arg "RECURSE" "" "USES;LIBRARIES" ${ARGN})
  if(arg_RECURSE)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  else()
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  endif()
  add_library(minato_${name} STATIC ${sources})
  minato_use_pch(minato_${name})
  list(TRANSFORM arg_USES PREPEND minato_)
  target_link_libraries(minato_${name} PUBLIC minato_flags ${arg_USES} PRIVATE ${arg_LIBRARIES})
endfunction()

# minato_test(<name> [USES <our libraries>] [LIBRARIES ...] [TIMEOUT seconds] [LABELS ...])
# One GoogleTest program of the .cc files of the current folder; each TEST becomes a test of ctest.
function(minato_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "USES;LIBRARIES;LABELS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  add_executable(${name} ${sources})
  minato_use_pch(${name})
  list(TRANSFORM arg_USES PREPEND minato_)
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_compile_definitions(${name} PRIVATE MINATO_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                             MINATO_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(${name} PRIVATE minato_flags ${arg_USES} ${arg_LIBRARIES} GTest::gmock_main)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()
