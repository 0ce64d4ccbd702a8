# minato_embed(<target> <namespace> <file>...)
# Compiles text files into <target>. Afterwards the target (and whoever links it) may include
# <embedded/<last part of the namespace>.h>, which declares in that namespace
#   struct EmbeddedFile { std::string_view name; std::string_view bytes; };
#   std::span<const EmbeddedFile> files();               // in the order given
#   std::string_view file(std::string_view name);        // by file name without folders; empty: no such file
# A changed file rebuilds only what embeds it.
set(MINATO_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake")

function(minato_embed target namespace)
  string(REGEX REPLACE "^.*::" "" stem "${namespace}")
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}.embedded")
  set(output "${folder}/embedded/${stem}")
  set(paths)
  foreach(path IN LISTS ARGN)
    get_filename_component(absolute "${path}" ABSOLUTE)
    list(APPEND paths "${absolute}")
  endforeach()
  if(NOT paths)
    message(FATAL_ERROR "minato_embed(${target} ${namespace}): no file to embed")
  endif()
  add_custom_command(
    OUTPUT "${output}.h" "${output}.cc"
    COMMAND "${CMAKE_COMMAND}" "-DNAMESPACE=${namespace}" "-DSTEM=${stem}" "-DOUTPUT=${output}"
            "-DFILES=${paths}" -P "${MINATO_EMBED_SCRIPT}"
    DEPENDS ${paths} "${MINATO_EMBED_SCRIPT}"
    COMMENT "Embedding ${namespace}"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}.cc" "${output}.h")
  target_include_directories(${target} PUBLIC "${folder}")
  # Whoever includes the header must wait for it.
  add_custom_target(${target}_${stem}_embedded DEPENDS "${output}.h" "${output}.cc")
  add_dependencies(${target} ${target}_${stem}_embedded)
endfunction()
