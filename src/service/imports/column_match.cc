#include "service/imports/column_match.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "service/imports/row_hash.h"

namespace minato::service {

namespace {

using core::ColumnType;
using core::Result;
using core::TableColumn;
using core::TableSchema;

constexpr std::int64_t kSampleRows = 10'000;
constexpr double kMostly = 0.6;  // of the different values of the one with fewer

using Sample = std::unordered_set<std::uint64_t>;

Result<Sample> sample_of(storage::TableReader& reader, std::size_t place, const RowHasher& hasher) {
  core::RowQuery query;
  query.columns = {static_cast<int>(place)};
  query.limit = kSampleRows;
  auto rows = reader.rows(query);
  if (!rows) return tl::unexpected(std::move(rows).error());
  const std::vector<RowHasher::Column> columns{{0, false}};
  Sample sample;
  while (true) {
    auto more = (*rows)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return sample;
    const auto values = (*rows)->values();
    if (std::holds_alternative<std::monostate>(values[0])) continue;
    sample.insert(hasher.hash(values, columns).first);
  }
}

bool mostly_same(const Sample& one, const Sample& other) {
  const Sample& fewer = one.size() < other.size() ? one : other;
  const Sample& more = one.size() < other.size() ? other : one;
  if (fewer.empty()) return more.empty();
  const auto common =
      std::count_if(fewer.begin(), fewer.end(), [&](auto value) { return more.contains(value); });
  return static_cast<double>(common) >= kMostly * static_cast<double>(fewer.size());
}

// Nothing but other columns that came or went lies between: both have the same neighbour, or the
// same number.
bool same_place(const ColumnMatch& match, std::size_t before, std::size_t after) {
  if (before == after) return true;
  const auto neighbours = [&](std::size_t old_place, std::size_t new_place) {
    return std::any_of(match.same.begin(), match.same.end(), [&](const ColumnPair& pair) {
      return pair.before == old_place && pair.after == new_place;
    });
  };
  return (before > 0 && after > 0 && neighbours(before - 1, after - 1)) ||
         neighbours(before + 1, after + 1);
}

ColumnMatch match_names(const TableSchema& before, const TableSchema& after) {
  ColumnMatch match;
  std::vector<bool> kept(before.columns.size());
  for (std::size_t place = 0; place < after.columns.size(); ++place) {
    const auto same = std::find_if(
        before.columns.begin(), before.columns.end(),
        [&](const TableColumn& column) { return column.name == after.columns[place].name; });
    if (same == before.columns.end()) {
      match.added.push_back(place);
    } else {
      const auto old_place = static_cast<std::size_t>(same - before.columns.begin());
      kept[old_place] = true;
      match.same.push_back({old_place, place});
    }
  }
  for (std::size_t place = 0; place < kept.size(); ++place) {
    if (!kept[place]) match.removed.push_back(place);
  }
  return match;
}

bool is_unique(const TableSchema& schema, std::size_t place) {
  const core::ColumnStatistics& statistics = schema.columns[place].statistics;
  return schema.rows > 0 && statistics.nulls == 0 && statistics.distinct_exact &&
         statistics.distinct == schema.rows;
}

// 1, 2, 3, ...: says where a row stands, not which it is.
bool is_counter(const TableSchema& schema, std::size_t place) {
  const core::ColumnStatistics& statistics = schema.columns[place].statistics;
  const auto* low = std::get_if<std::int64_t>(&statistics.min);
  const auto* high = std::get_if<std::int64_t>(&statistics.max);
  return low != nullptr && high != nullptr && *high - *low + 1 == schema.rows;
}

bool has_one_of(std::string_view name, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

bool is_named_as_key(std::string_view name) {
  return has_one_of(name, {"ID", "Id", "id", "コード", "番号", "code"}) &&
         !has_one_of(name, {"電話", "FAX", "ＦＡＸ", "郵便"});
}

// Smaller is better; negative: cannot be a key.
int rank(const TableSchema& before, const TableSchema& after, const ColumnPair& pair) {
  const TableColumn& column = after.columns[pair.after];
  const bool text = column.type == ColumnType::kString;
  if ((!text && column.type != ColumnType::kInteger) ||
      before.columns[pair.before].type != column.type || !is_unique(before, pair.before) ||
      !is_unique(after, pair.after)) {
    return -1;
  }
  if (is_counter(before, pair.before) || is_counter(after, pair.after)) return 4;
  // A renamed column is one only by its values.
  if (before.columns[pair.before].name != column.name) return 3;
  if (is_named_as_key(column.name)) return 0;
  return text ? 1 : 2;
}

}  // namespace

Result<ColumnMatch> match_columns(storage::TableReader& before, storage::TableReader& after) {
  ColumnMatch match = match_names(before.schema(), after.schema());
  const RowHasher hasher;
  for (auto gone = match.removed.begin(); gone != match.removed.end();) {
    bool found = false;
    for (auto come = match.added.begin(); come != match.added.end() && !found; ++come) {
      if (before.schema().columns[*gone].type != after.schema().columns[*come].type ||
          !same_place(match, *gone, *come)) {
        continue;
      }
      auto old_values = sample_of(before, *gone, hasher);
      if (!old_values) return tl::unexpected(std::move(old_values).error());
      auto new_values = sample_of(after, *come, hasher);
      if (!new_values) return tl::unexpected(std::move(new_values).error());
      if (!mostly_same(*old_values, *new_values)) continue;
      match.renamed.push_back({*gone, *come});
      match.same.push_back({*gone, *come});
      match.added.erase(come);
      found = true;
      break;
    }
    gone = found ? match.removed.erase(gone) : std::next(gone);
  }
  std::sort(match.same.begin(), match.same.end(),
            [](const auto& a, const auto& b) { return a.after < b.after; });
  return match;
}

RowKey choose_key(const ColumnMatch& match, const TableSchema& before, const TableSchema& after,
                  const std::vector<std::string>& primary_key) {
  RowKey key;
  for (const std::string& name : primary_key) {
    for (const ColumnPair& pair : match.same) {
      if (before.columns[pair.before].name == name || after.columns[pair.after].name == name) {
        key.columns.push_back(pair);
        break;
      }
    }
  }
  if (!primary_key.empty() && key.columns.size() == primary_key.size()) {
    key.compared_by = "primary_key";
    return key;
  }
  const ColumnPair* best = nullptr;
  int best_rank = -1;
  for (const ColumnPair& pair : match.same) {
    const int own = rank(before, after, pair);
    if (own < 0 || (best != nullptr && own >= best_rank)) continue;
    best = &pair;
    best_rank = own;
  }
  if (best == nullptr) return {{}, "whole_rows"};
  return {{*best}, "unique_column"};
}

}  // namespace minato::service
