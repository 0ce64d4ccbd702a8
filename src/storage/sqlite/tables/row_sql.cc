#include "storage/sqlite/tables/row_sql.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "storage/sqlite/tables/cells.h"

namespace minato::storage::sqlite::tables {
namespace {

using core::Result;
using core::RowQuery;
using core::Value;

constexpr std::size_t kMaxResultColumns = 2'000;

struct Key {
  SqlText expression;
  bool descending = false;
  bool nulls_first = false;
  bool nullable = true;
  bool indexed = false;
  bool unique = false;  // the row number
};

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

class RowCompiler {
 public:
  RowCompiler(const RowQuery& query, const RowSource& source) : query_(query), source_(source) {}

  Result<RowStatements> compile() {
    auto filter = filter_sql(query_.filter, source_);
    if (!filter) return tl::unexpected(filter.error());
    conditions_.push_back(std::move(*filter));
    if (auto made = make_keys(); !made) return tl::unexpected(made.error());
    if (query_.columns.size() + keys_.size() + 1 > kMaxResultColumns) {
      return core::fail(core::ErrorCode::kInvalidArgument, "query-too-wide",
                        {"選択した列が多すぎます。", "Too many columns are selected."},
                        {"select の列を減らしてください。", "Select fewer columns."});
    }
    RowStatements statements;
    statements.key_count = keys_.size();
    statements.parts = in_parts() ? parts() : std::vector<SqlText>{whole()};
    return statements;
  }

 private:
  Result<void> make_keys() {
    if (query_.near) {
      if (auto added = add_distance(*query_.near); !added) return added;
    }
    for (const core::RowSort& sort : query_.sort) add_key(sort);
    if (query_.after && query_.after->keys.size() != keys_.size()) {
      return core::fail(
          core::ErrorCode::kInvalidArgument, "cursor-mismatch",
          {"カーソルと並び順が一致しません。", "The cursor is of another sort order."},
          {"cursor を外して最初のページから取得してください。", "Start again without the cursor."});
    }
    return {};
  }

  Result<void> add_distance(const core::Near& near) {
    const auto position = position_sql(source_.positions);
    core::Filter within;
    within.kind = core::Filter::Kind::kTest;
    within.op = core::FilterOp::kWithinDistance;
    within.values = {near.latitude, near.longitude, near.metres.value_or(0)};
    auto filter = filter_sql(within, source_);
    if (!filter) return tl::unexpected(filter.error());
    if (near.metres) conditions_.push_back(std::move(*filter));
    Key key;
    key.expression << "row_distance(" << *position << ", " << Value(near.latitude) << ", "
                   << Value(near.longitude) << ")";
    key.nullable = !near.metres;
    keys_.push_back(std::move(key));
    return {};
  }

  void add_key(const core::RowSort& sort) {
    Key key;
    key.expression << operand_sql(sort.operand);
    key.descending = sort.descending;
    key.nulls_first = sort.nulls_first;
    if (sort.operand.column == core::Operand::kRowId) {
      key.nullable = false;
      key.indexed = true;
      key.unique = true;
    } else {
      const auto& column = source_.schema.columns[static_cast<std::size_t>(sort.operand.column)];
      key.nullable = column.statistics.nulls > 0;
      key.indexed = column.indexed && sort.operand.function == core::ColumnFunction::kNone;
    }
    keys_.push_back(std::move(key));
  }

  // An index has its nulls at one end and cannot give them at the other; and it finds the place to
  // go on from only among rows of one value.
  [[nodiscard]] bool in_parts() const {
    return keys_.size() == 1 && keys_[0].indexed && !keys_[0].unique && !query_.distinct &&
           query_.offset == 0 && (keys_[0].nullable || query_.after);
  }

  [[nodiscard]] SqlText select(std::span<const SqlText> conditions, bool ordered_by_keys) const {
    SqlText sql;
    sql << (query_.distinct ? "SELECT DISTINCT " : "SELECT ");
    for (std::size_t i = 0; i < query_.columns.size(); ++i) {
      if (i > 0) sql << ", ";
      sql << operand_sql({query_.columns[i]});
    }
    if (!query_.distinct) {
      for (const Key& key : keys_) sql << ", " << key.expression;
      sql << ", id";
    }
    sql << " FROM rows WHERE " << joined(conditions, " AND ", "1");
    put_order(sql, ordered_by_keys);
    sql << " LIMIT " << Value(query_.offset) << ", " << Value(query_.limit);
    return sql;
  }

  void put_order(SqlText& sql, bool by_keys) const {
    std::string_view before = " ORDER BY ";
    for (std::size_t i = 0; i < keys_.size() && by_keys; ++i) {
      const Key& key = keys_[i];
      sql << std::exchange(before, ", ");
      if (query_.distinct) {
        sql << key.expression;
      } else {
        sql << std::to_string(query_.columns.size() + i + 1);
      }
      sql << (key.descending ? " DESC" : " ASC");
      // SQLite's own order: null is the smallest.
      if (key.nullable && key.nulls_first == key.descending) {
        sql << (key.nulls_first ? " NULLS FIRST" : " NULLS LAST");
      }
    }
    if (!query_.distinct) sql << before << "id";  // rows made equal have no number
  }

  SqlText whole() {
    if (query_.after && !query_.distinct) conditions_.push_back(behind(*query_.after));
    return select(conditions_, true);
  }

  [[nodiscard]] SqlText part(SqlText condition, bool ordered_by_keys) const {
    std::vector<SqlText> conditions = conditions_;
    conditions.push_back(std::move(condition));
    return select(conditions, ordered_by_keys);
  }

  std::vector<SqlText> parts() {
    Key& key = keys_.front();
    const bool nullable = std::exchange(key.nullable, false);
    const bool among_nulls = query_.after && is_null(query_.after->keys[0]);
    const bool among_values = query_.after && !among_nulls;
    SqlText nulls;
    nulls << "(" << key.expression << " IS NULL";
    if (among_nulls) nulls << " AND id > " << Value(query_.after->row);
    nulls << ")";
    std::vector<SqlText> result;
    if (nullable && key.nulls_first && !among_values) result.push_back(part(nulls, false));
    if (among_values) {
      add_parts_behind(*query_.after, result);
    } else if (key.nulls_first || !among_nulls) {
      result.push_back(
          part(std::move(SqlText() << "(" << key.expression << " IS NOT NULL)"), true));
    }
    if (nullable && !key.nulls_first) result.push_back(part(nulls, false));
    return result;
  }

  // The rest of the rows with the position's value, then the values behind it.
  void add_parts_behind(const core::RowPosition& position, std::vector<SqlText>& result) const {
    const Key& key = keys_.front();
    SqlText same;
    same << "(" << key.expression << " = " << position.keys[0] << " AND id > "
         << Value(position.row) << ")";
    result.push_back(part(std::move(same), false));
    SqlText others;
    others << "(" << key.expression << (key.descending ? " < " : " > ") << position.keys[0] << ")";
    result.push_back(part(std::move(others), true));
  }

  // The rows that come after the position in the order of keys and row number.
  [[nodiscard]] SqlText behind(const core::RowPosition& position) const {
    SqlText rest;
    if (keys_.size() == 1 && keys_[0].unique) {
      rest << (keys_[0].descending ? "(id < " : "(id > ") << Value(position.row) << ")";
      return rest;
    }
    rest << "(id > " << Value(position.row) << ")";
    for (std::size_t i = keys_.size(); i-- > 0;) {
      rest = behind_key(keys_[i], position.keys[i], rest);
    }
    if (keys_.empty() || !fit_for_seeking(position)) return rest;
    SqlText sql;  // the first condition only tells the index where to begin
    sql << "((" << keys_[0].expression << (keys_[0].descending ? " <= " : " >= ")
        << position.keys[0] << ") AND " << rest << ")";
    return sql;
  }

  [[nodiscard]] bool fit_for_seeking(const core::RowPosition& position) const {
    return keys_[0].indexed && !keys_[0].nullable && !is_null(position.keys[0]);
  }

  static SqlText behind_key(const Key& key, const Value& value, const SqlText& rest) {
    SqlText sql;
    if (is_null(value)) {
      sql << "((" << key.expression << " IS NULL AND " << rest << ")";
      if (key.nulls_first) sql << " OR " << key.expression << " IS NOT NULL";
      return std::move(sql << ")");
    }
    sql << "(" << key.expression << (key.descending ? " < " : " > ") << value;
    if (key.nullable && !key.nulls_first) sql << " OR " << key.expression << " IS NULL";
    sql << " OR (" << key.expression << " = " << value << " AND " << rest << "))";
    return sql;
  }

  const RowQuery& query_;
  const RowSource& source_;
  std::vector<SqlText> conditions_;
  std::vector<Key> keys_;
};

}  // namespace

Result<RowStatements> row_statements(const RowQuery& query, const RowSource& source) {
  return RowCompiler(query, source).compile();
}

}  // namespace minato::storage::sqlite::tables
