#include "tabular/table_builder.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "tabular/types/cell_reader.h"
#include "tabular/types/finding_texts.h"
#include "text/utf8.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kMaxQuotedBytes = 120;
constexpr std::size_t kNarrow = 4;  // cells; the first ones may be empty

// "number" of a Table Schema and its relatives; unknown names are text.
core::ColumnType type_of_declaration(std::string_view name) {
  if (const auto type = core::column_type_of(name)) {
    return *type;
  }
  if (name == "float" || name == "numeric" || name == "decimal") {
    return core::ColumnType::kNumber;
  }
  if (name == "int" || name == "year") {
    return core::ColumnType::kInteger;
  }
  if (name == "timestamp") {
    return core::ColumnType::kDatetime;
  }
  return name == "bool" ? core::ColumnType::kBoolean : core::ColumnType::kString;
}

std::string column_name(std::size_t index) { return "列" + std::to_string(index + 1); }

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    out += (out.empty() ? "" : " ") + part;
  }
  return out;
}

// "人" of "人口（人）".
std::string unit_in_name(std::string_view name) {
  const std::size_t open = std::max(name.rfind('(') + 1, name.rfind("（") + 1);
  return open < 2 ? std::string() : std::string(unit_of(name.substr(open - 1)));
}

bool is_sentence(std::string_view text) {
  constexpr std::size_t kLongBytes = 90;  // 30 kanji
  return text.size() > kLongBytes || text.ends_with("。");
}

// A role is a pair, and there is one pair: the first.
void keep_one_place(std::vector<core::TableColumn>& columns) {
  const auto first = [&columns](core::ColumnRole role) {
    return std::find_if(columns.begin(), columns.end(),
                        [role](const core::TableColumn& column) { return column.role == role; });
  };
  const auto latitude = first(core::ColumnRole::kLatitude);
  const auto longitude = first(core::ColumnRole::kLongitude);
  const auto point = first(core::ColumnRole::kPoint);
  const bool pair = latitude != columns.end() && longitude != columns.end();
  for (auto column = columns.begin(); column != columns.end(); ++column) {
    const bool keeps = pair ? column == latitude || column == longitude : column == point;
    if (!keeps) {
      column->role = core::ColumnRole::kNone;
    }
  }
}

}  // namespace

TableBuilder::TableBuilder(BlockHead head, const ReadOptions& options, bool ragged)
    : head_(std::move(head)), options_(options), ragged_(ragged) {
  widen(head_.names.size());
}

const core::Column* TableBuilder::declared(const std::string& name) const {
  const auto found = std::find_if(
      options_.declared.begin(), options_.declared.end(),
      [&name](const core::Column& column) { return clean_label(column.name) == name; });
  return found == options_.declared.end() || name.empty() ? nullptr : &*found;
}

void TableBuilder::widen(std::size_t width) {
  for (std::size_t i = observers_.size(); i < width; ++i) {
    const std::string name = i < head_.names.size() ? head_.names[i] : std::string();
    const core::Column* column = declared(name.empty() ? column_name(i) : name);
    std::optional<core::ColumnType> type;
    if (column != nullptr && !column->type.empty()) {
      type = type_of_declaration(column->type);
    }
    hints_.push_back(hint_in_row(name));
    observers_.emplace_back(hints_.back(), type);
  }
}

// An address split in two under one name moves the rest of the row to the right: the cell behind
// "lng" has no name, and may hold the longitudes.
NameHint TableBuilder::hint_in_row(const std::string& name) const {
  const bool behind_longitude = !hints_.empty() && hints_.back() == NameHint::kLongitude;
  return name.empty() && behind_longitude ? NameHint::kEasting : hint_of(name);
}

void TableBuilder::add(const RawRecord& record) {
  const std::size_t width = record.cells.size();
  if (width > observers_.size()) {
    widen(width);
  }
  if (ragged_ && width != head_.header_cells && !head_.no_header) {
    ragged_rows_.add(record.number);
  }
  for (std::size_t i = 0; i < width; ++i) {
    if (!record.cells[i].text.empty()) {
      has_sentences_ = has_sentences_ || (width <= kNarrow && is_sentence(record.cells[i].text));
      observers_[i].observe(record.cells[i], record);
    }
  }
  first_row_ = rows_++ == 0 ? record.number : first_row_;
}

void TableBuilder::note(std::string_view id, std::int64_t row, const std::string& column,
                        std::int64_t count, std::string text) {
  if (report_.findings.size() < options_.limits.max_findings) {
    report_.findings.push_back(make_finding(
        id, {row, column, count, std::string(text::truncated(text, kMaxQuotedBytes))}));
  }
}

// Columns without a name and without a value to the left and right of the table are none.
std::size_t TableBuilder::first_used() const {
  std::size_t first = 0;
  while (first < observers_.size() && !observers_[first].holds_anything() &&
         (first >= head_.names.size() || head_.names[first].empty())) {
    ++first;
  }
  return first;
}

std::size_t TableBuilder::end_used() const {
  std::size_t end = observers_.size();
  while (end > 0 && !observers_[end - 1].holds_anything() &&
         (end > head_.names.size() || head_.names[end - 1].empty())) {
    --end;
  }
  return end;
}

void TableBuilder::name_columns() {
  std::unordered_set<std::string> taken(head_.names.begin(), head_.names.end());
  std::unordered_map<std::string, int> seen;
  for (std::size_t i = 0; i < observers_.size(); ++i) {
    std::string name = i < head_.names.size() ? head_.names[i] : std::string();
    const bool nameless = name.empty();
    name = nameless ? column_name(i) : name;
    const bool free = nameless ? !taken.contains(name) : seen[name]++ == 0;
    std::string unique = name;
    for (int n = 2; !free && (n == 2 || taken.contains(unique)); ++n) {
      unique = name + "_" + std::to_string(n);
    }
    taken.insert(unique);
    names_.push_back(std::move(unique));
  }
}

void TableBuilder::report_header(std::size_t begin, std::size_t end) {
  if (begin > 0) {
    note("empty_leading_columns", 0, {}, static_cast<std::int64_t>(begin));
  }
  if (head_.no_header) {
    note("no_header", first_row_, {}, 1);
    return;
  }
  const std::int64_t row = head_.header_rows.back();
  for (std::size_t i = begin; i < end; ++i) {
    const std::string own = i < head_.names.size() ? head_.names[i] : std::string();
    if (own.empty()) {
      note("empty_header_cell", row, names_[i], 1, names_[i]);
    } else if (own != names_[i]) {
      note("duplicate_header", row, names_[i], 1, own);
    }
  }
  if (head_.header_rows.size() > 1) {
    note("header_of_several_rows", head_.header_rows[0], {},
         static_cast<std::int64_t>(head_.header_rows.size()));
  }
  if (head_.gap_below) {
    note("gap_below_header", row + 1, {}, 1);
  }
  if (!head_.units.empty()) {
    note("unit_row", row + 1, {}, 1);
  }
}

void TableBuilder::report_notes(const std::vector<ShapeNote>& notes, NoteKind kind,
                                std::string_view id) {
  std::int64_t count = 0;
  const ShapeNote* first = nullptr;
  for (const ShapeNote& shape_note : notes) {
    if (shape_note.kind == kind) {
      first = count++ == 0 ? &shape_note : first;
    }
  }
  if (first != nullptr) {
    note(id, first->row, {}, count, first->text);
  }
}

void TableBuilder::report_shape(const std::vector<ShapeNote>& notes, std::int64_t blank_records) {
  report_notes(notes, NoteKind::kPreamble, "linkdata_preamble");
  report_notes(notes, NoteKind::kAbove, "lines_above_header");
  report_notes(notes, NoteKind::kSectionHeading, "section_heading");
  report_notes(notes, NoteKind::kRepeatedHeader, "repeated_header");
  report_notes(notes, NoteKind::kOnlyDashes, "only_dashes");
  report_notes(notes, NoteKind::kTotalRow, "total_row");
  report_notes(notes, NoteKind::kFootnote, "footnote");
  if (blank_records > 0) {
    note("blank_rows", 0, {}, blank_records);
  }
  if (ragged_rows_.count > 0) {
    note("ragged_rows", ragged_rows_.first_row, {}, ragged_rows_.count);
  }
}

void TableBuilder::report_column(const ColumnObserver& column, const ColumnReading& reading,
                                 const std::string& name) {
  const bool text = reading.type == core::ColumnType::kString;
  const Sighting& signs = column.seen(CellClass::kSignMark);
  const Sighting& words = column.seen(CellClass::kWordMark);
  const Sighting& impossible = column.seen(CellClass::kImpossible);
  const auto sighted = [this, &name](std::string_view id, const Sighting& what) {
    if (what.count > 0) {
      note(id, what.first_row, name, what.count);
    }
  };
  if (!column.holds_anything()) {
    note("empty_column", 0, name, 1);
  }
  if (!text && signs.count + words.count > 0) {
    const std::int64_t row = signs.count == 0   ? words.first_row
                             : words.count == 0 ? signs.first_row
                                                : std::min(signs.first_row, words.first_row);
    note("missing_marks", row, name, signs.count + words.count, joined(column.marks()));
  }
  if (text) {
    sighted("outer_spaces", column.outer_blanks());
  } else {
    sighted("decorated_numbers", column.decorated());
    sighted("exponent_numbers", column.exponents());
    sighted("degree_coordinates", column.seen(CellClass::kDegrees));
    sighted("era_dates", column.era_dates());
  }
  const std::int64_t moments = column.count(CellClass::kDate) + column.count(CellClass::kMidnight) +
                               column.count(CellClass::kTime) + column.count(CellClass::kDatetime);
  if (impossible.count > 0 && impossible.count <= moments) {
    const auto& suspects = column.suspects();
    const auto first = std::find_if(suspects.begin(), suspects.end(), [](const SuspectCell& cell) {
      return cell.kind == CellClass::kImpossible;
    });
    note("impossible_dates", impossible.first_row, name, impossible.count,
         first == suspects.end() ? "" : first->text);
  }
  sighted("cell_errors", column.seen(CellClass::kError));
  if (column.swapped()) {
    note("coordinates_swapped", 0, name, 1);
  }
  if (const std::int64_t outside = column.out_of_place(); outside > 0) {
    note("coordinates_out_of_place", 0, name, outside);
  }
}

void TableBuilder::report_rejects(const ColumnObserver& column, const ColumnReading& reading,
                                  const std::string& name) {
  if (reading.rejected == 0) {
    return;
  }
  report_.reject_count += reading.rejected;
  std::int64_t first_row = 0;
  for (const SuspectCell& cell : column.suspects()) {
    first_row = first_row == 0 ? cell.row : first_row;
    if (report_.rejects.size() < options_.limits.max_rejects) {
      report_.rejects.push_back(make_reject(cell, reading.type, name));
    }
  }
  note("rejected_cells", first_row, name, reading.rejected);
}

void TableBuilder::report_missing_columns() {
  for (const core::Column& column : options_.declared) {
    const std::string name = clean_label(column.name);
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) {
      note("declared_column_missing", 0, {}, 1, name);
    }
  }
}

void TableBuilder::add_columns(std::size_t begin, std::size_t end, BuiltTable& table) {
  for (std::size_t i = begin; i < end; ++i) {
    const ColumnObserver& observer = observers_[i];
    const ColumnReading reading = observer.decide();
    core::TableColumn column;
    column.name = names_[i];
    column.type = reading.type;
    column.role = observer.role(reading.type);
    column.unit = i < head_.units.size() && !head_.units[i].empty() ? head_.units[i]
                                                                    : unit_in_name(names_[i]);
    if (const core::Column* about = declared(names_[i])) {
      column.title = about->title;
      column.description = about->description;
      column.unit = about->unit.empty() ? column.unit : about->unit;
    }
    report_column(observer, reading, names_[i]);
    report_rejects(observer, reading, names_[i]);
    report_.schema.columns.push_back(std::move(column));
    table.plan.columns.push_back(reading);
  }
}

BuiltTable TableBuilder::build(const std::vector<ShapeNote>& notes, std::int64_t blank_records) {
  BuiltTable table;
  name_columns();
  const std::size_t begin = first_used();
  const std::size_t end = std::max(begin, end_used());
  report_header(begin, end);
  report_shape(notes, blank_records);
  report_missing_columns();
  add_columns(begin, end, table);
  keep_one_place(report_.schema.columns);
  report_.name = head_.title;
  report_.header_rows = head_.header_rows;
  report_.first_data_row = first_row_;
  report_.schema.rows = rows_;
  std::sort(report_.rejects.begin(), report_.rejects.end(),
            [](const core::Reject& a, const core::Reject& b) { return a.row < b.row; });
  table.plan.first_cell = begin;
  table.has_sentences =
      has_sentences_ || std::any_of(head_.names.begin(), head_.names.end(), is_sentence);
  table.report = std::move(report_);
  return table;
}

}  // namespace minato::tabular
