#include "storage/sqlite/tables/filter_sql.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "storage/sqlite/tables/cells.h"
#include "storage/sqlite/tables/sql_functions.h"

namespace minato::storage::sqlite::tables {
namespace {

using core::Filter;
using core::FilterOp;
using core::Result;
using core::Value;

double number_of(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return static_cast<double>(*integer);
  }
  const auto* number = std::get_if<double>(&value);
  return number == nullptr ? 0 : *number;
}

// The smallest text behind all that begin with `prefix`; nothing when there is none.
std::optional<std::string> behind(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xFF) prefix.pop_back();
  if (prefix.empty()) return std::nullopt;
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

tl::unexpected<core::Error> without_coordinates() {
  return core::fail(core::ErrorCode::kInvalidArgument, "table-without-coordinates",
                    {"このテーブルには緯度・経度の列がありません。",
                     "This table has no columns of latitude and longitude."},
                    {"bbox、near、within_distance、in_bbox を使わずに検索してください。",
                     "Ask without bbox, near, within_distance and in_bbox."});
}

class Compiler {
 public:
  Compiler(const RowSource* source, char prefix) : source_(source), prefix_(prefix) {}

  // `positive`: not under a kNot, where a test may be narrowed by what an index knows.
  Result<SqlText> compile(const Filter& filter, bool positive) const {
    switch (filter.kind) {
      case Filter::Kind::kAll:
        return std::move(SqlText() << "1");
      case Filter::Kind::kAnd:
        return join(filter, positive, " AND ", "1");
      case Filter::Kind::kOr:
        return join(filter, positive, " OR ", "0");
      case Filter::Kind::kNot: {
        if (filter.children.size() != 1) return core::fail_internal("filter: kNot of one");
        auto child = compile(filter.children.front(), false);
        if (!child) return child;
        return std::move(SqlText() << "(NOT " << *child << ")");
      }
      case Filter::Kind::kTest:
        return test(filter, positive);
    }
    return core::fail_internal("filter: kind");
  }

 private:
  Result<SqlText> join(const Filter& filter, bool positive, std::string_view word,
                       std::string_view neutral) const {
    std::vector<SqlText> parts;
    for (const Filter& child : filter.children) {
      auto part = compile(child, positive);
      if (!part) return part;
      parts.push_back(std::move(*part));
    }
    return joined(parts, word, neutral);
  }

  Result<SqlText> test(const Filter& filter, bool positive) const {
    if (filter.values.size() < values_wanted(filter.op)) {
      return core::fail_internal("filter: number of values");
    }
    switch (filter.op) {
      case FilterOp::kSearch:
      case FilterOp::kSearchAny:
        return search(filter, positive);
      case FilterOp::kWithinDistance:
      case FilterOp::kInBbox:
        return place(filter, positive);
      case FilterOp::kLike:
      case FilterOp::kStartsWith:
      case FilterOp::kEndsWith:
      case FilterOp::kContains:
        return text_test(filter);
      default:
        return comparison(filter);
    }
  }

  static std::size_t values_wanted(FilterOp op) {
    switch (op) {
      case FilterOp::kIn:
      case FilterOp::kNotIn:
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

  Result<SqlText> comparison(const Filter& filter) const {
    const std::string left = operand_sql(filter.operand, prefix_);
    SqlText sql;
    switch (filter.op) {
      case FilterOp::kIsNull:
        return std::move(sql << "(" << left << " IS NULL)");
      case FilterOp::kNotNull:
        return std::move(sql << "(" << left << " IS NOT NULL)");
      case FilterOp::kBetween:
        sql << "(" << left << " BETWEEN " << filter.values[0] << " AND " << filter.values[1];
        return std::move(sql << ")");
      case FilterOp::kIn:
      case FilterOp::kNotIn:
        return list(filter, left);
      default:
        break;
    }
    if (auto range = year_range(filter)) return std::move(*range);
    constexpr std::array<std::string_view, 6> kSigns = {" = ",  " <> ", " < ",
                                                        " <= ", " > ",  " >= "};
    const auto sign = static_cast<std::size_t>(filter.op);
    if (sign >= kSigns.size()) return core::fail_internal("filter: op");
    return std::move(sql << "(" << left << kSigns[sign] << filter.values[0] << ")");
  }

  static SqlText list(const Filter& filter, const std::string& left) {
    SqlText sql;
    sql << "(" << left << (filter.op == FilterOp::kIn ? " IN (" : " NOT IN (");
    for (std::size_t i = 0; i < filter.values.size(); ++i) {
      if (i > 0) sql << ",";
      sql << filter.values[i];
    }
    sql << "))";
    return sql;
  }

  // year(x) = 2024 as a range of x, which an index can answer.
  std::optional<SqlText> year_range(const Filter& filter) const {
    if (filter.op != FilterOp::kEq || filter.operand.function != core::ColumnFunction::kYear) {
      return std::nullopt;
    }
    const auto* year = std::get_if<std::int64_t>(&filter.values[0]);
    if (year == nullptr || *year < 1000 || *year > 9998) return std::nullopt;
    const std::string left = operand_sql({filter.operand.column}, prefix_);
    SqlText sql;
    sql << "(" << left << " >= " << Value(std::to_string(*year)) << " AND " << left << " < "
        << Value(std::to_string(*year + 1)) << ")";
    return sql;
  }

  Result<SqlText> text_test(const Filter& filter) const {
    const auto* text = std::get_if<std::string>(&filter.values[0]);
    if (text == nullptr) return core::fail_internal("filter: text wanted");
    const std::string left = operand_sql(filter.operand, prefix_);
    SqlText sql;
    switch (filter.op) {
      case FilterOp::kLike:
        sql << "(" << left << " LIKE " << filter.values[0] << " ESCAPE '\\')";
        break;
      case FilterOp::kContains:
        sql << "(instr(" << left << ", " << filter.values[0] << ") > 0)";
        break;
      case FilterOp::kEndsWith:
        sql << "row_ends_with(" << left << ", " << filter.values[0] << ")";
        break;
      default: {
        sql << "(" << left << " >= " << filter.values[0];
        if (auto end = behind(*text)) sql << " AND " << left << " < " << Value(std::move(*end));
        sql << ")";
      }
    }
    return sql;
  }

  // Exact, but slow on many rows.
  SqlText matches(const Filter& filter, const std::string& query) const {
    SqlText sql;
    if (filter.op == FilterOp::kSearch) {
      sql << "row_matches(" << Value(query) << ", " << operand_sql(filter.operand, prefix_) << ")";
      return sql;
    }
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < source_->schema.columns.size(); ++i) {
      if (source_->schema.columns[i].type != core::ColumnType::kBoolean) {
        columns.push_back(alias(i));
      }
    }
    if (columns.size() <= kMaxMatchedValues) return any_of(query, columns);
    // A call takes only so many values: each word in one of several calls.
    std::vector<SqlText> words;
    const WordMatcher matcher(query);
    for (const auto& word : matcher.words()) {
      std::vector<SqlText> calls;
      for (std::size_t at = 0; at < columns.size(); at += kMaxMatchedValues) {
        const std::size_t end = std::min(at + kMaxMatchedValues, columns.size());
        calls.push_back(any_of(word.folded, std::span(columns).subspan(at, end - at)));
      }
      words.push_back(joined(calls, " OR ", "0"));
    }
    return joined(words, " AND ", "1");
  }

  static SqlText any_of(const std::string& query, std::span<const std::string> columns) {
    SqlText sql;
    sql << "ifnull(row_matches(" << Value(query);
    for (const auto& column : columns) sql << ", " << column;
    if (columns.empty()) sql << ", ''";
    sql << "), 0)";
    return sql;
  }

  Result<SqlText> search(const Filter& filter, bool positive) const {
    const auto* query = std::get_if<std::string>(&filter.values[0]);
    if (query == nullptr || source_ == nullptr) return core::fail_internal("filter: search");
    SqlText exact = matches(filter, *query);
    if (!positive || !source_->candidates) return exact;
    auto rows = source_->candidates(WordMatcher(*query));
    if (!rows) return exact;
    SqlText sql;
    sql << "(id IN (SELECT id FROM row_list(" << std::move(*rows) << ")) AND " << exact << ")";
    return sql;
  }

  Result<SqlText> place(const Filter& filter, bool positive) const {
    if (source_ == nullptr) return core::fail_internal("filter: place");
    const auto position = position_sql(source_->positions);
    if (!position) return without_coordinates();
    std::array<double, 4> given{};
    for (std::size_t i = 0; i < filter.values.size() && i < given.size(); ++i) {
      given[i] = number_of(filter.values[i]);
    }
    SqlText exact;
    core::BoundingBox box;
    if (filter.op == FilterOp::kInBbox) {
      box = {std::max(given[0], -180.0), std::max(given[1], -90.0), std::min(given[2], 180.0),
             std::min(given[3], 90.0)};
      const auto comma = position->find(", ");
      exact << "(" << position->substr(0, comma) << " BETWEEN " << Value(box.south) << " AND "
            << Value(box.north) << " AND " << position->substr(comma + 2) << " BETWEEN "
            << Value(box.west) << " AND " << Value(box.east) << ")";
    } else {
      box = box_around({given[0], given[1]}, given[2]);
      exact << "(row_distance(" << *position << ", " << Value(given[0]) << ", " << Value(given[1])
            << ") <= " << Value(given[2]) << ")";
    }
    if (!positive || !source_->position_index) return exact;
    SqlText sql;
    sql << "(id IN (SELECT id FROM positions WHERE north >= " << Value(box.south)
        << " AND south <= " << Value(box.north) << " AND east >= " << Value(box.west)
        << " AND west <= " << Value(box.east) << ") AND " << exact << ")";
    return sql;
  }

  const RowSource* source_;  // null: a result
  char prefix_;
};

}  // namespace

std::string operand_sql(const core::Operand& operand, char prefix) {
  if (operand.column == core::Operand::kRowId) return "id";
  std::string column = prefix + std::to_string(operand.column + 1);
  switch (operand.function) {
    case core::ColumnFunction::kNone:
      return column;
    case core::ColumnFunction::kLower:
      return "row_lower(" + column + ")";
    case core::ColumnFunction::kYear:
      return "CAST(substr(" + column + ", 1, 4) AS INTEGER)";
    case core::ColumnFunction::kMonth:
      return "CAST(substr(" + column + ", 6, 2) AS INTEGER)";
  }
  return column;
}

std::optional<std::string> position_sql(const PositionColumns& positions) {
  if (!positions.any()) return std::nullopt;
  if (positions.point >= 0) {
    const std::string column = alias(static_cast<std::size_t>(positions.point));
    return "row_point_lat(" + column + "), row_point_lon(" + column + ")";
  }
  return alias(static_cast<std::size_t>(positions.latitude)) + ", " +
         alias(static_cast<std::size_t>(positions.longitude));
}

Result<SqlText> filter_sql(const Filter& filter, const RowSource& source) {
  return Compiler(&source, 'c').compile(filter, true);
}

Result<SqlText> result_filter_sql(const Filter& filter) {
  return Compiler(nullptr, 'r').compile(filter, true);
}

}  // namespace minato::storage::sqlite::tables
