// Delimited text of any encoding and dialect, also packed, as records.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/error.h"
#include "tabular/input/container.h"
#include "tabular/record_source.h"
#include "tabular/tabular_file.h"
#include "text/encoding.h"

namespace minato::tabular {

// What open_delimited() found out; the fields are FileReport's.
struct DelimitedFile {
  std::string container;  // "csv", "tsv", "zip:csv", "gzip:tsv", ...
  text::Encoding encoding = text::Encoding::kUtf8;
  bool bom = false;
  bool repaired = false;
  std::int64_t replaced_bytes = 0;
  char delimiter = ',';
  std::unique_ptr<RecordSource> records;  // its findings() speak of the whole file
};

// Reads the whole file once to decide on its encoding; `records` reads it again, in constant
// memory. For text, zip and gzip (sniff_container); all else fails with kUnsupportedMedia
// "file-not-tabular". See byte_source.h for the other failures; while reading also kTooLarge
// "too-many-columns", "too-many-rows", "record-too-large".
core::Result<DelimitedFile> open_delimited(const std::string& path, const ReadLimits& limits);

}  // namespace minato::tabular
