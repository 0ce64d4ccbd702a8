#include "web/site/sample_table.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>

#include "core/table.h"

namespace minato::web {
namespace {

using core::ColumnType;
using core::TableColumn;

constexpr int kGoodEnough = 6;
constexpr std::size_t kLongestValue = 60;  // bytes

// Parameters of the rows API: columns of these names are reached by their alias.
constexpr std::array<std::string_view, 20> kReserved = {
    "select", "where",  "q",     "bbox",     "near",   "sort",   "limit",
    "offset", "cursor", "count", "shape",    "format", "group",  "agg",
    "having", "facet",  "bom",   "encoding", "excel",  "version"};

bool is_safe_name(std::string_view name) {
  if (name.empty() || name.find("__") != std::string_view::npos) return false;
  if (std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end()) return false;
  if (name.front() >= '0' && name.front() <= '9') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool is_number(const TableColumn& column) {
  return column.type == ColumnType::kInteger || column.type == ColumnType::kNumber;
}

std::string as_text(const core::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&value)) {
    std::string text = std::to_string(*number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
  }
  return "";
}

// A value that occurs, short and without the signs that lists of values split at.
std::string sample_value(const TableColumn& column) {
  const core::ColumnStatistics& statistics = column.statistics;
  std::vector<core::Value> values;
  for (const core::ValueCount& top : statistics.top) values.push_back(top.value);
  values.insert(values.end(), statistics.examples.begin(), statistics.examples.end());
  for (const core::Value& value : values) {
    const std::string text = as_text(value);
    const bool plain = text.find_first_of(",'\"\\\n\r") == std::string::npos;
    if (!text.empty() && text.size() <= kLongestValue && plain) return text;
  }
  return "";
}

bool is_telling_text(const TableColumn& column) {
  return column.type == ColumnType::kString && column.statistics.distinct >= 2 &&
         !sample_value(column).empty();
}

// Few different values: groups of rows.
bool is_category(const TableColumn& column, std::int64_t rows) {
  return column.statistics.distinct * 2 <= rows;
}

// A category, else the first text.
const TableColumn* telling_text(const core::TableSchema& schema) {
  const TableColumn* found = nullptr;
  for (const TableColumn& column : schema.columns) {
    if (!is_telling_text(column)) continue;
    if (is_category(column, schema.rows)) return &column;
    if (found == nullptr) found = &column;
  }
  return found;
}

// Not the first column: that is a number of the row more often than not.
const TableColumn* telling_number(const core::TableSchema& schema) {
  const TableColumn* found = nullptr;
  for (std::size_t i = 1; i < schema.columns.size(); ++i) {
    const TableColumn& column = schema.columns[i];
    if (is_number(column) && column.statistics.distinct >= 2) {
      if (found == nullptr) found = &column;
    }
  }
  return found;
}

}  // namespace

int usefulness(const core::TableSchema& schema) {
  if (schema.rows == 0 || schema.columns.empty()) return 0;
  int points = 1;
  if (schema.rows >= 5 && schema.columns.size() >= 3) ++points;
  if (telling_number(schema) != nullptr) points += 2;
  const TableColumn* text = telling_text(schema);
  if (text != nullptr) points += is_category(*text, schema.rows) ? 2 : 1;
  return points;
}

std::optional<SampleTable> sample_of(const core::TableSchema& schema) {
  if (usefulness(schema) == 0) return std::nullopt;
  SampleTable sample;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const TableColumn& column = schema.columns[i];
    const std::string name = is_safe_name(column.name) ? column.name : "c" + std::to_string(i + 1);
    sample.columns.push_back(name);
    if (&column == telling_text(schema)) {
      sample.text_column = name;
      sample.text_value = sample_value(column);
    }
    if (&column == telling_number(schema)) {
      sample.number_column = name;
      sample.number_value = as_text(column.statistics.max);
    }
  }
  return sample;
}

core::Result<std::shared_ptr<const SampleTable>> SampleTableCache::sample(const Visit& visit) {
  const auto facts = facts_->facts(visit.catalog);
  if (!facts) return tl::unexpected(facts.error());
  const std::lock_guard lock(mutex_);
  if (made_from_ == *facts) return sample_;
  std::shared_ptr<const SampleTable> best;
  int best_points = 0;
  for (const auto& [name, resource] : (*facts)->first_tables()) {
    if (best_points >= kGoodEnough) break;
    const auto table = visit.sources.tables.find(resource);
    if (!table || usefulness(*(*table)->schema) <= best_points) continue;
    best_points = usefulness(*(*table)->schema);
    SampleTable sample = *sample_of(*(*table)->schema);
    sample.dataset = (*table)->dataset;
    sample.resource = (*table)->resource;
    sample.id = resource;
    best = std::make_shared<const SampleTable>(std::move(sample));
  }
  sample_ = std::move(best);
  made_from_ = *facts;
  return sample_;
}

}  // namespace minato::web
