// Everything a stranger can ask of a table: where, the short spellings, sort, select, group, agg,
// having, and DataStore filters. The first byte chooses; in lists of parameters each line is one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"
#include "formats/query/canonical.h"
#include "formats/query/datastore_filters.h"
#include "formats/query/row_filter.h"
#include "formats/query/row_parameters.h"

namespace {

using minato::core::Filter;
using minato::core::FilterOp;

minato::core::TableSchema asked_schema() {
  using minato::core::ColumnType;
  using minato::core::TableColumn;
  minato::core::TableSchema schema;
  const std::pair<const char*, ColumnType> columns[] = {
      {"区分", ColumnType::kString},       {"利用者数", ColumnType::kInteger},
      {"緯度", ColumnType::kNumber},       {"経度", ColumnType::kNumber},
      {"公開", ColumnType::kBoolean},      {"登録日", ColumnType::kDate},
      {"更新日時", ColumnType::kDatetime}, {"開館（平日）", ColumnType::kTime},
      {"limit", ColumnType::kString},      {"a__gt", ColumnType::kString}};
  for (const auto& [name, type] : columns) {
    TableColumn column;
    column.name = name;
    column.type = type;
    schema.columns.push_back(column);
  }
  schema.columns[2].role = minato::core::ColumnRole::kLatitude;
  schema.columns[3].role = minato::core::ColumnRole::kLongitude;
  return schema;
}

std::size_t wanted_values(FilterOp op) {
  switch (op) {
    case FilterOp::kIsNull:
    case FilterOp::kNotNull:
      return 0;
    case FilterOp::kBetween:
      return 2;
    case FilterOp::kWithinDistance:
      return 3;
    case FilterOp::kInBbox:
      return 4;
    default:
      return 1;
  }
}

// The stores rely on this.
bool is_sound(const Filter& filter, std::size_t columns) {
  if (filter.kind == Filter::Kind::kNot && filter.children.size() != 1) return false;
  const bool leaf = filter.kind == Filter::Kind::kAll || filter.kind == Filter::Kind::kTest;
  if (leaf && !filter.children.empty()) return false;
  for (const Filter& child : filter.children) {
    if (!is_sound(child, columns)) return false;
  }
  if (filter.kind != Filter::Kind::kTest) return true;
  if (filter.operand.column < -1 || filter.operand.column >= static_cast<int>(columns)) {
    return false;
  }
  const bool is_list = filter.op == FilterOp::kIn || filter.op == FilterOp::kNotIn;
  return is_list || filter.values.size() == wanted_values(filter.op);
}

void check(const Filter& filter, std::size_t columns) {
  if (!is_sound(filter, columns) || minato::formats::canonical(filter).empty()) std::abort();
}

// A refusal that explains nothing is as wrong as a crash.
void check(const minato::core::Error& error) {
  if (error.id.empty() || error.message.ja.empty() || error.details.empty()) std::abort();
}

std::vector<minato::formats::QueryParameter> parameters_of(std::string_view text) {
  std::vector<minato::formats::QueryParameter> parameters;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t equals = line.find('=');
    parameters.emplace_back(line.substr(0, equals),
                            equals == std::string_view::npos ? "" : line.substr(equals + 1));
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
  }
  return parameters;
}

void ask_parameters(std::string_view text, const minato::core::TableSchema& schema) {
  const auto parameters = parameters_of(text);
  const minato::formats::TableQuestion question{parameters, schema};
  if (const auto rows = minato::formats::parse_rows_request(question)) {
    check(rows->query.filter, schema.columns.size());
    const auto& columns = rows->query.columns;
    if (columns.empty() || columns.size() != rows->names.size()) std::abort();
    if (rows->query.limit < 0 || rows->query.limit > 10'000) std::abort();
    (void)minato::formats::canonical(rows->query);
  } else {
    check(rows.error());
  }
  if (const auto sums = minato::formats::parse_aggregate_request(question)) {
    const auto& query = sums->query;
    check(query.filter, schema.columns.size());
    check(query.having, sums->result.columns.size());
    if (query.groups.size() + query.measures.size() != sums->result.columns.size()) std::abort();
    for (const auto& key : query.sort) {
      if (key.operand.column < 0) std::abort();
    }
    (void)minato::formats::canonical(query);
  } else {
    check(sums.error());
  }
  if (const auto facets = minato::formats::parse_facets_request(question); !facets)
    check(facets.error());
}

void ask_datastore(std::string_view text, const minato::core::TableSchema& schema) {
  rapidjson::Document string;
  string.SetString(text.data(), static_cast<rapidjson::SizeType>(text.size()),
                   string.GetAllocator());
  if (const auto filter = minato::formats::parse_datastore_filters(string, schema)) {
    check(*filter, schema.columns.size());
  } else {
    check(filter.error());
  }
  for (const bool plain : {true, false}) {
    const auto words = minato::formats::parse_datastore_q(string, plain, schema);
    if (words) check(*words, schema.columns.size());
  }
  (void)minato::formats::parse_datastore_sort(string, schema);
  const auto fields = minato::formats::parse_datastore_fields(string, schema);
  if (fields && fields->empty()) std::abort();
}

}  // namespace

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const minato::core::TableSchema schema = asked_schema();
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  if (bytes[0] == 'p') {
    ask_parameters(text, schema);
  } else if (bytes[0] == 'd') {
    ask_datastore(text, schema);
  } else if (const auto filter = minato::formats::parse_where(text, schema)) {
    check(*filter, schema.columns.size());
  } else {
    check(filter.error());
  }
  return 0;
}
