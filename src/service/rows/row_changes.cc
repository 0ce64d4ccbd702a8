#include "service/rows/row_changes.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "formats/json.h"
#include "service/rows/row_errors.h"
#include "service/rows/row_values.h"

namespace minato::service {
namespace {

using core::Result;
using Change = storage::TableReviser::Change;

constexpr std::size_t kMaxWrongs = 20;

class Fitter {
 public:
  Fitter(const std::vector<core::TableColumn>& columns, RowMethod method)
      : columns_(columns), method_(method) {
    for (std::size_t i = 0; i < columns.size(); ++i) places_.emplace(columns[i].name, i);
  }

  Result<std::vector<FittedRecord>> fit(const std::vector<RowRecord>& records) {
    std::vector<FittedRecord> fitted;
    fitted.reserve(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      fitted.push_back(fit_record(i, records[i]));
      if (!unknown_.empty()) return unknown_column(i);
      if (wrongs_.size() >= kMaxWrongs) break;
    }
    if (!wrongs_.empty()) return rows_invalid(std::move(wrongs_));
    return fitted;
  }

 private:
  FittedRecord fit_record(std::size_t number, const RowRecord& record) {
    FittedRecord fitted;
    fitted.row_id = record.row_id;
    if (record.row_id && method_ == RowMethod::kInsert) add_unknown("_id");
    fitted.cells.reserve(record.values.size());
    for (const auto& [name, value] : record.values) {
      const auto place = places_.find(name);
      if (place == places_.end()) {
        add_unknown(name);
        continue;
      }
      auto fit = fit_value(value, columns_[place->second].type);
      if (fit) {
        fitted.cells.emplace_back(place->second, *std::move(fit));
      } else {
        add_wrong(number, name, std::move(fit).error());
      }
    }
    return fitted;
  }

  void add_unknown(std::string_view name) {
    unknown_ += (unknown_.empty() ? "" : ", ");
    unknown_ += name;
  }

  void add_wrong(std::size_t number, const std::string& column, Misfit misfit) {
    core::ErrorDetail detail;
    detail.param = record_pointer(number, column);
    detail.message = std::move(misfit.message);
    detail.hint = std::move(misfit.hint);
    detail.position = record_position(number);
    wrongs_.push_back(std::move(detail));
  }

  [[nodiscard]] tl::unexpected<core::Error> unknown_column(std::size_t number) const {
    const std::string row = std::to_string(number + 1);
    core::ErrorDetail detail;
    detail.param = record_pointer(number);
    detail.position = record_position(number);
    detail.message = {"表にない列「" + unknown_ + "」があります。",
                      method_ == RowMethod::kInsert
                          ? "row \"" + row + "\" has extra keys \"" + unknown_ + "\""
                          : "fields \"" + unknown_ + "\" do not exist"};
    detail.hint = {"列名を確かめるか、先に列を加えてください。",
                   "Check the names, or add the columns first."};
    auto error = core::fail(core::ErrorCode::kInvalidArgument, "row-column-unknown", detail.message,
                            detail.hint);
    error.value().details.push_back(std::move(detail));
    return error;
  }

  const std::vector<core::TableColumn>& columns_;
  RowMethod method_;
  std::unordered_map<std::string_view, std::size_t> places_;
  core::ErrorDetails wrongs_;
  std::string unknown_;  // names in one record
};

const core::Value* cell_of(const FittedRecord& record, std::size_t column) {
  const auto found = std::find_if(record.cells.begin(), record.cells.end(),
                                  [&](const auto& cell) { return cell.first == column; });
  return found == record.cells.end() ? nullptr : &found->second;
}

bool is_null(const core::Value& value) { return std::holds_alternative<std::monostate>(value); }

std::string value_text(const core::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return "'" + *text + "'";
  std::string json;
  formats::JsonWriter writer(json);
  if (const auto* flag = std::get_if<bool>(&value)) writer.boolean(*flag);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) writer.integer(*integer);
  if (const auto* number = std::get_if<double>(&value)) writer.number(*number);
  return json.empty() ? "None" : json;
}

}  // namespace

Result<std::vector<FittedRecord>> fit_records(const std::vector<RowRecord>& records,
                                              const std::vector<core::TableColumn>& columns,
                                              RowMethod method) {
  return Fitter(columns, method).fit(records);
}

bool RowChanges::any() const { return written_.inserted + written_.updated + written_.deleted > 0; }

Result<void> RowChanges::apply(const std::vector<FittedRecord>& records) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    auto done = method_ == RowMethod::kInsert ? insert(i, records[i]) : put(i, records[i]);
    if (!done) return done;
  }
  return {};
}

Result<void> RowChanges::remove(const std::vector<std::int64_t>& rows) {
  for (const std::int64_t row : rows) {
    auto removed = reviser_.remove(row);
    if (!removed) return tl::unexpected(std::move(removed).error());
    if (*removed) ++written_.deleted;
  }
  return {};
}

Result<void> RowChanges::put(std::size_t number, const FittedRecord& record) {
  std::optional<std::int64_t> row = record.row_id;
  if (!row) {
    auto key = key_of(number, record);
    if (!key) return tl::unexpected(std::move(key).error());
    auto found = reviser_.find(*key);
    if (!found) return tl::unexpected(std::move(found).error());
    row = *found;
  }
  if (row) {
    auto changed = change(number, *row, record);
    if (!changed) return tl::unexpected(std::move(changed).error());
    if (*changed) return {};
  }
  if (method_ == RowMethod::kUpdate) return row_not_found(number, key_text(record));
  return insert(number, record);
}

Result<std::vector<core::ValueView>> RowChanges::key_of(std::size_t number,
                                                        const FittedRecord& record) const {
  if (key_.empty()) return key_needed(number);
  std::vector<core::ValueView> key;
  std::string missing;
  for (const std::size_t column : key_) {
    const core::Value* value = cell_of(record, column);
    if (value == nullptr || is_null(*value)) {
      missing += (missing.empty() ? "" : ", ") + reviser_.schema().columns[column].name;
    } else {
      key.push_back(core::to_view(*value));
    }
  }
  if (!missing.empty()) return key_incomplete(number, missing);
  return key;
}

// False: there is no such row.
Result<bool> RowChanges::change(std::size_t number, std::int64_t row, const FittedRecord& record) {
  std::vector<storage::CellChange> cells;
  cells.reserve(record.cells.size());
  for (const auto& [column, value] : record.cells) cells.push_back({column, core::to_view(value)});
  auto done = reviser_.change(row, cells);
  if (!done) return tl::unexpected(std::move(done).error());
  if (*done == Change::kNoSuchRow) return false;
  if (*done == Change::kKeyTaken) return key_taken(number, key_text(record));
  ++(*done == Change::kSame ? written_.unchanged : written_.updated);
  written_.row_ids.push_back(row);
  return true;
}

Result<void> RowChanges::insert(std::size_t number, const FittedRecord& record) {
  std::vector<core::ValueView> row(reviser_.schema().columns.size());
  for (const auto& [column, value] : record.cells) row[column] = core::to_view(value);
  auto added = reviser_.add(row);
  if (!added) return tl::unexpected(std::move(added).error());
  if (!*added) return key_taken(number, key_text(record));
  ++written_.inserted;
  written_.row_ids.push_back(**added);
  return {};
}

// As CKAN shows keys: ['a', 2].
std::string RowChanges::key_text(const FittedRecord& record) const {
  std::string text = "[";
  if (record.row_id) {
    text += std::to_string(*record.row_id);
  } else {
    for (const std::size_t column : key_) {
      const core::Value* value = cell_of(record, column);
      if (text.size() > 1) text += ", ";
      text += value == nullptr ? "None" : value_text(*value);
    }
  }
  return text + "]";
}

}  // namespace minato::service
