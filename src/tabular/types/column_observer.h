// All values of one column, counted by what they could be; then the column's type.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/table.h"
#include "tabular/types/cell_class.h"
#include "tabular/types/column_names.h"

namespace minato::tabular {

// A cell that may not fit its column.
struct SuspectCell {
  std::int64_t row = 0;
  std::int64_t line = 0;
  CellClass kind = CellClass::kText;
  std::string text;
};

// Where something was seen, and how often.
struct Sighting {
  std::int64_t count = 0;
  std::int64_t first_row = 0;
  void add(std::int64_t row) { first_row = count++ == 0 ? row : first_row; }
};

// What a column holds: the type decides how its cells are read.
struct ColumnReading {
  core::ColumnType type = core::ColumnType::kString;
  bool declared = false;
  std::int64_t rejected = 0;  // cells that do not fit `type`
  bool degrees = false;       // some of its numbers are written as 35°22′34″ (text/degrees.h)
};

// Not thread-safe. Memory is bounded: counters and at most kMaxSuspects cells.
class ColumnObserver {
 public:
  static constexpr std::size_t kMaxSuspects = 100;
  static constexpr std::size_t kMaxMarks = 8;

  explicit ColumnObserver(NameHint hint = NameHint::kNone,
                          std::optional<core::ColumnType> declared = std::nullopt)
      : hint_(hint), declared_(declared) {}

  void observe(const RawCell& cell, const RawRecord& record);

  [[nodiscard]] ColumnReading decide() const;
  // What the column is to a map; looks at the values' range too.
  [[nodiscard]] core::ColumnRole role(core::ColumnType type) const;
  // A latitude's name over longitudes, or the other way.
  [[nodiscard]] bool swapped() const;
  // Coordinates outside of Japan in a column whose others are inside.
  [[nodiscard]] std::int64_t out_of_place() const;

  [[nodiscard]] const Sighting& seen(CellClass kind) const {
    return classes_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::int64_t count(CellClass kind) const { return seen(kind).count; }
  // Neither empty nor a mark for a missing value.
  [[nodiscard]] std::int64_t values() const;
  [[nodiscard]] const Sighting& outer_blanks() const { return outer_blanks_; }
  [[nodiscard]] const Sighting& decorated() const { return decorated_; }
  [[nodiscard]] const Sighting& exponents() const { return exponents_; }
  [[nodiscard]] const Sighting& era_dates() const { return era_dates_; }
  [[nodiscard]] const std::vector<std::string>& marks() const { return marks_; }
  [[nodiscard]] const std::vector<SuspectCell>& suspects() const { return suspects_; }
  [[nodiscard]] bool holds_anything() const {
    return values() + count(CellClass::kSignMark) + count(CellClass::kWordMark) > 0;
  }

 private:
  bool observe_plain(std::string_view text, const RawRecord& record);
  void observe_value(const ClassifiedCell& cell, std::string_view text, const RawRecord& record);
  void observe_declared(CellClass kind, std::string_view text, const RawRecord& record);
  void suspect(CellClass kind, std::string_view text, const RawRecord& record);
  void measure(double value);
  void remember_mark(std::string_view text);
  [[nodiscard]] std::optional<core::ColumnType> uniform_type() const;
  [[nodiscard]] bool mostly_numbers() const;
  // Whole numbers, fractions, degrees.
  [[nodiscard]] std::int64_t numbers() const;

  NameHint hint_;
  std::optional<core::ColumnType> declared_;
  std::array<Sighting, kCellClasses> classes_{};
  Sighting outer_blanks_;
  Sighting decorated_;
  Sighting exponents_;
  Sighting era_dates_;
  std::int64_t compact_dates_ = 0;
  std::int64_t rejected_ = 0;       // of a declared type
  std::int64_t like_latitude_ = 0;  // in Japan's range
  std::int64_t like_longitude_ = 0;
  std::int64_t on_globe_ = 0;  // in the range of what the name says
  std::vector<std::string> marks_;
  std::vector<SuspectCell> suspects_;
};

}  // namespace minato::tabular
