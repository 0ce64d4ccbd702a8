#include "tabular/workbook/grid_source.h"

#include <algorithm>
#include <string>
#include <utility>

#include "tabular/workbook/sheet_findings.h"
#include "tabular/workbook/workbook_errors.h"

namespace minato::tabular {
namespace {

constexpr int kMaxBlankRun = 64;
// Beyond these a file was made to exhaust us: cells that repeat another one cost it nothing.
constexpr std::int64_t kMaxFilledOfRange = 1'000'000;
constexpr std::int64_t kMaxFilled = 10'000'000;
constexpr std::size_t kMaxFillBytes = 64'000'000;

// The part of merged ranges that holds cells, from top to bottom. Titles are often merged over all
// columns of Excel: what is right of the last used column or below the last used row stays out.
std::vector<CellRange> ranges_to_fill(const SheetLayout& layout) {
  std::vector<CellRange> ranges;
  std::int64_t filled = 0;
  for (CellRange range : layout.merged) {
    range.last_row = std::min(range.last_row, layout.last_row);
    range.last_column = std::min(range.last_column, layout.columns == 0 ? 0 : layout.columns - 1);
    if (range.last_row < range.first_row || range.last_column < range.first_column) continue;
    const std::int64_t rows = range.last_row - range.first_row + 1;
    const std::int64_t columns = range.last_column - range.first_column + std::int64_t{1};
    const std::int64_t cells = rows * columns;
    if (cells > kMaxFilledOfRange || filled + cells > kMaxFilled) continue;
    filled += cells;
    ranges.push_back(range);
  }
  std::stable_sort(ranges.begin(), ranges.end(), [](const CellRange& a, const CellRange& b) {
    return a.first_row < b.first_row;
  });
  return ranges;
}

class GridSource final : public RecordSource {
 public:
  GridSource(std::unique_ptr<SheetReader> reader, std::uint64_t max_bytes)
      : reader_(std::move(reader)),
        max_bytes_(max_bytes),
        ranges_(ranges_to_fill(reader_->layout())) {}

  core::Result<bool> next(RawRecord& record) override;
  core::Result<void> rewind() override;
  [[nodiscard]] std::vector<core::Finding> findings() const override {
    return sheet_findings(reader_->layout());
  }

 private:
  struct Fill {
    CellRange range;
    std::string text;
    CellKind kind = CellKind::kUnknown;
  };

  void place_cells(RawRecord& record);
  void begin_fills(const RawRecord& record);
  void fill(RawRecord& record);

  std::unique_ptr<SheetReader> reader_;
  std::uint64_t max_bytes_;
  std::uint64_t bytes_ = 0;  // of all records so far
  std::vector<CellRange> ranges_;
  std::size_t next_range_ = 0;
  std::vector<Fill> fills_;     // that reach the current row
  std::size_t fill_bytes_ = 0;  // of their texts
  SheetRow row_;
  bool has_row_ = false;
  bool at_end_ = false;
  std::int64_t number_ = 0;  // of the last record
  int blank_run_ = 0;
};

core::Result<void> GridSource::rewind() {
  next_range_ = 0;
  fills_.clear();
  fill_bytes_ = 0;
  bytes_ = 0;
  has_row_ = false;
  at_end_ = false;
  number_ = 0;
  blank_run_ = 0;
  return reader_->rewind();
}

core::Result<bool> GridSource::next(RawRecord& record) {
  while (number_ < reader_->layout().last_row) {
    if (!has_row_ && !at_end_) {
      const auto more = reader_->next(row_);
      if (!more) return more;
      has_row_ = *more;
      at_end_ = !*more;
    }
    record.number = ++number_;
    record.line = number_;
    record.hidden = false;
    record.cells.clear();
    if (has_row_ && row_.number <= number_) {
      record.hidden = row_.hidden;
      place_cells(record);
      has_row_ = false;
    }
    begin_fills(record);
    fill(record);
    while (!record.cells.empty() && record.cells.back().text.empty()) record.cells.pop_back();
    if (!record.cells.empty()) {
      blank_run_ = 0;
      for (const RawCell& cell : record.cells) bytes_ += cell.text.size();
      if (bytes_ > max_bytes_) return workbook_bomb();
      return true;
    }
    if (++blank_run_ <= kMaxBlankRun) return true;
    if (has_row_ && fills_.empty()) number_ = std::max(number_, row_.number - 1);
  }
  return false;
}

void GridSource::place_cells(RawRecord& record) {
  for (const SheetCell& cell : row_.cells) {
    if (record.cells.size() <= cell.column) record.cells.resize(cell.column + std::size_t{1});
    RawCell& target = record.cells[cell.column];
    target.text = cell.text;
    target.kind = cell.kind;
  }
}

// Ranges whose first cell is empty show nothing, and have nothing to copy.
void GridSource::begin_fills(const RawRecord& record) {
  std::erase_if(fills_, [this](const Fill& fill) {
    const bool over = fill.range.last_row < number_;
    if (over) fill_bytes_ -= fill.text.size();
    return over;
  });
  for (; next_range_ < ranges_.size() && ranges_[next_range_].first_row <= number_; ++next_range_) {
    const CellRange& range = ranges_[next_range_];
    if (range.first_row < number_ || range.first_column >= record.cells.size()) continue;
    const RawCell& first = record.cells[range.first_column];
    if (first.text.empty() || fill_bytes_ + first.text.size() > kMaxFillBytes) continue;
    fill_bytes_ += first.text.size();
    fills_.push_back({range, std::string(first.text), first.kind});
  }
}

void GridSource::fill(RawRecord& record) {
  for (const Fill& fill : fills_) {
    const std::size_t end = fill.range.last_column + std::size_t{1};
    if (record.cells.size() < end) record.cells.resize(end);
    for (std::size_t column = fill.range.first_column; column < end; ++column) {
      if (number_ == fill.range.first_row && column == fill.range.first_column) continue;
      RawCell& cell = record.cells[column];
      cell.text = fill.text;
      cell.kind = fill.kind;
      cell.filled = true;
    }
  }
}

}  // namespace

std::unique_ptr<RecordSource> make_grid_source(std::unique_ptr<SheetReader> reader,
                                               std::uint64_t max_bytes) {
  return std::make_unique<GridSource>(std::move(reader), max_bytes);
}

}  // namespace minato::tabular
