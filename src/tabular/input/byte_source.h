// The bytes of a file, unpacked where it is packed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/error.h"
#include "tabular/tabular_file.h"

namespace minato::tabular {

// Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Up to `size` bytes; 0 only at the end.
  virtual core::Result<std::size_t> read(char* buffer, std::size_t size) = 0;
  virtual core::Result<void> rewind() = 0;
};

// kNotFound "file-missing", kTooLarge "file-too-large".
core::Result<std::unique_ptr<ByteSource>> open_file_source(const std::string& path,
                                                           const ReadLimits& limits);

// Of gzip, or of a zip with one file in it (or one text table among other files). Also
// kUnsupportedMedia "archive-several-files", "archive-no-table"; kInvalidArgument
// "archive-damaged", "archive-encrypted"; while reading kTooLarge "archive-bomb".
core::Result<std::unique_ptr<ByteSource>> open_unpacked_source(const std::string& path,
                                                               const ReadLimits& limits);

}  // namespace minato::tabular
