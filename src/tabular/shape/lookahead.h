// The records of a source that hold something, with a bounded look ahead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/error.h"
#include "tabular/record_source.h"
#include "tabular/shape/outline.h"

namespace minato::tabular {

struct SeenRecord {
  RawRecord record;
  Outline outline;
  bool gap = false;         // blank records stand before it
  std::int64_t blanks = 0;  // how many
};

// A record kept beyond the source's next step. Moving it keeps its views valid.
struct KeptRecord {
  SeenRecord seen;
  std::vector<char> bytes;  // of the cells
};

KeptRecord keep(const SeenRecord& seen);

// Blank records are passed over and counted. Not thread-safe.
class Lookahead {
 public:
  // The source must live as long.
  explicit Lookahead(RecordSource& source) : source_(source) {}

  // The next record; nullptr at the end. Lives until the next call of any function.
  core::Result<const SeenRecord*> take();
  // The i-th record from here, nullptr behind the end. Lives until something is taken.
  core::Result<const SeenRecord*> peek(std::size_t i);
  // Gives back what was taken last; it becomes the next record again.
  void give_back(KeptRecord record) { queue_.push_front(std::move(record)); }

  // Blank records behind the last one that holds something. REQUIRES: the end was reached.
  [[nodiscard]] std::int64_t blanks_at_end() const { return blanks_; }

 private:
  core::Result<bool> read();

  RecordSource& source_;
  std::deque<KeptRecord> queue_;
  KeptRecord taken_;
  SeenRecord current_;
  std::int64_t blanks_ = 0;
  std::int64_t last_number_ = 0;
  bool end_ = false;
};

}  // namespace minato::tabular
