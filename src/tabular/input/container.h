// What a file is, by its first bytes and never by its name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::tabular {

enum class Container {
  kEmpty,
  kText,  // nothing else: delimited text, most likely
  kXlsx,
  kXls,
  kZip,
  kGzip,
  // Not tabular; named so that the refusal can say what it is.
  kWordDocument,
  kPresentation,
  kOpenDocument,
  kPdf,
  kHtml,
  kJson,
  kXml,
  kPicture,
  kSevenZip,
  kRar,
  kBzip2,
  kXz,
  kZstd,
  kLzh,
  kSqlite,
};

std::string_view container_name(Container container);  // "text", "xlsx", "zip", "pdf", ...

// `head`: the first bytes of the file, the more the better up to kSniffBytes; all of it if shorter.
inline constexpr std::size_t kSniffBytes = std::size_t{64} * 1024;
Container sniff_container(std::string_view head);

// The first kSniffBytes of a file. kNotFound "file-missing".
core::Result<std::string> read_head(const std::string& path);

// The refusal "file-not-tabular" that names what `container` is and what to publish instead.
core::Error not_tabular(Container container);

}  // namespace minato::tabular
