// Records from a text: one line each, cells between "|". For tests of what is above the readers.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tabular/record_source.h"

namespace minato::test_support {

// A cell that begins with "^" is a copy within a merged range.
class RecordList : public tabular::RecordSource {
 public:
  explicit RecordList(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::vector<std::string> cells;
      std::string_view line = text.substr(0, end);
      for (std::size_t at = 0; at <= line.size();) {
        const std::size_t bar = std::min(line.find('|', at), line.size());
        cells.emplace_back(line.substr(at, bar - at));
        at = bar + 1;
      }
      records_.push_back(std::move(cells));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  explicit RecordList(std::vector<std::vector<std::string>> records)
      : records_(std::move(records)) {}

  core::Result<bool> next(tabular::RawRecord& record) override {
    if (at_ == records_.size()) {
      return false;
    }
    record = {};
    for (const std::string& text : records_[at_]) {
      const bool copy = text.starts_with('^');
      tabular::RawCell cell;
      cell.text = std::string_view(text).substr(copy ? 1 : 0);
      cell.filled = copy;
      record.cells.push_back(cell);
    }
    record.number = record.line = static_cast<std::int64_t>(++at_);
    return true;
  }
  core::Result<void> rewind() override {
    at_ = 0;
    return {};
  }
  [[nodiscard]] std::vector<core::Finding> findings() const override { return {}; }

 private:
  std::vector<std::vector<std::string>> records_;
  std::size_t at_ = 0;
};

}  // namespace minato::test_support
