// NDJSON (one JSON object per line) as records, one after the other: never more than a line of it
// is in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/row_record.h"

namespace minato::formats {

struct RecordLimits {
  std::size_t max_line_bytes = std::size_t{1} << 20U;
  std::int64_t max_records = 50'000;
  std::string id_name = "_id";  // the member that names a row by its number
};

class NdjsonRecords {
 public:
  // Reads on from where the descriptor stands; it stays the caller's.
  NdjsonRecords(int fd, RecordLimits limits) : fd_(fd), limits_(std::move(limits)) {}
  // `text` must outlive this.
  NdjsonRecords(std::string_view text, RecordLimits limits)
      : text_(text), limits_(std::move(limits)) {}

  // False at the end. Empty lines are skipped, "\r\n" ends a line too, and a byte order mark may
  // come first. Errors carry one detail with param "/records/3" and position "line 5 column 8":
  // kInvalidArgument "json-syntax", "json-duplicate-key", "json-too-deep", "record-invalid";
  // kTooLarge "record-too-long", "too-many-records"; kUnavailable "storage-io" from the descriptor.
  core::Result<bool> next(core::RowRecord& record);

 private:
  core::Result<bool> next_line(std::string_view& line);
  core::Result<bool> refill();
  [[nodiscard]] tl::unexpected<core::Error> at_this_line(core::Error error) const;

  int fd_ = -1;
  std::string_view text_;  // without descriptor: what is still to be given out
  RecordLimits limits_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of the next line in buffer_
  bool ended_ = false;
  std::int64_t line_ = 0;
  std::int64_t records_ = 0;
};

// All of them.
core::Result<std::vector<core::RowRecord>> read_all(NdjsonRecords& records);

}  // namespace minato::formats
