#include "service/imports/table_difference.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "service/imports/column_match.h"
#include "service/imports/row_hash.h"

namespace minato::service {

namespace {

using core::Result;
using core::TableDifference;
using storage::TableReader;

constexpr std::chrono::hours kReadTimeout{2};
constexpr std::int64_t kRowsBetweenLooks = 4096;

// `first` names a row, `second` is what is in it; of whole rows both are of all of it.
using Rows = std::vector<RowHash>;

struct Columns {
  std::vector<int> read;                // places in the table
  std::vector<RowHasher::Column> key;   // places in what is read
  std::vector<RowHasher::Column> rest;  // ditto
};

Columns columns_of(const ColumnMatch& match, const RowKey& key, bool before,
                   const std::vector<bool>& as_text) {
  Columns columns;
  for (std::size_t i = 0; i < match.same.size(); ++i) {
    const ColumnPair& pair = match.same[i];
    columns.read.push_back(static_cast<int>(before ? pair.before : pair.after));
    const bool in_key = std::any_of(key.columns.begin(), key.columns.end(),
                                    [&](const auto& part) { return part.after == pair.after; });
    (in_key ? columns.key : columns.rest).push_back({i, as_text[i]});
  }
  return columns;
}

tl::unexpected<core::Error> stopped() {
  return core::fail(core::ErrorCode::kUnavailable, "import-stopped",
                    {"読み込みが中断されました。", "The import was interrupted."},
                    {"自動でやり直されます。", "It is taken up again."});
}

Result<Rows> read_rows(TableReader& reader, const Columns& columns, const RowHasher& hasher,
                       const ComparisonLimits& limits) {
  core::RowQuery query;
  query.columns = columns.read;
  query.limit = -1;
  auto cursor = reader.rows(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  Rows rows;
  rows.reserve(static_cast<std::size_t>(reader.schema().rows));
  while (true) {
    if (static_cast<std::int64_t>(rows.size()) % kRowsBetweenLooks == 0 && limits.go_on &&
        !limits.go_on()) {
      return stopped();
    }
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) break;
    const RowHash rest = hasher.hash((*cursor)->values(), columns.rest);
    rows.push_back(columns.key.empty()
                       ? rest
                       : RowHash{hasher.hash((*cursor)->values(), columns.key).first, rest.first});
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

using Place = Rows::const_iterator;

Place end_of_group(Place from, Place end) {
  return std::find_if(from, end, [&](const RowHash& row) { return row.first != from->first; });
}

// Rows of one key in both versions; a key that names several rows pairs them one by one.
void count_group(std::pair<Place, Place> before, std::pair<Place, Place> after,
                 TableDifference& difference) {
  auto [old_row, old_end] = before;
  auto [new_row, new_end] = after;
  std::int64_t gone = 0;
  std::int64_t come = 0;
  while (old_row != old_end && new_row != new_end) {
    if (old_row->second == new_row->second) {
      ++old_row;
      ++new_row;
    } else if (old_row->second < new_row->second) {
      ++gone;
      ++old_row;
    } else {
      ++come;
      ++new_row;
    }
  }
  gone += old_end - old_row;
  come += new_end - new_row;
  const std::int64_t changed = std::min(gone, come);
  difference.rows_changed += changed;
  difference.rows_removed += gone - changed;
  difference.rows_added += come - changed;
}

void count(const Rows& before, const Rows& after, TableDifference& difference) {
  auto old_row = before.begin();
  auto new_row = after.begin();
  while (old_row != before.end() || new_row != after.end()) {
    if (new_row == after.end() || (old_row != before.end() && old_row->first < new_row->first)) {
      ++difference.rows_removed;
      ++old_row;
    } else if (old_row == before.end() || new_row->first < old_row->first) {
      ++difference.rows_added;
      ++new_row;
    } else {
      const auto old_end = end_of_group(old_row, before.end());
      const auto new_end = end_of_group(new_row, after.end());
      count_group({old_row, old_end}, {new_row, new_end}, difference);
      old_row = old_end;
      new_row = new_end;
    }
  }
}

void count_only(TableDifference& difference) {
  difference.compared_by = "counts_only";
  difference.rows_added = std::max<std::int64_t>(0, difference.rows_after - difference.rows_before);
  difference.rows_removed =
      std::max<std::int64_t>(0, difference.rows_before - difference.rows_after);
}

void name_columns(const ColumnMatch& match, const core::TableSchema& before,
                  const core::TableSchema& after, TableDifference& difference) {
  for (const std::size_t place : match.added) {
    difference.columns_added.push_back(after.columns[place].name);
  }
  for (const std::size_t place : match.removed) {
    difference.columns_removed.push_back(before.columns[place].name);
  }
  for (const ColumnPair& pair : match.renamed) {
    difference.columns_renamed.emplace_back(before.columns[pair.before].name,
                                            after.columns[pair.after].name);
  }
}

// Two open versions whose columns are known.
struct Comparison {
  TableReader& before;
  TableReader& after;
  const ColumnMatch& match;
  const ComparisonLimits& limits;
};

Result<void> compare_rows(const Comparison& of, const RowKey& key, TableDifference& difference) {
  std::vector<bool> as_text;
  for (const ColumnPair& pair : of.match.same) {
    as_text.push_back(of.before.schema().columns[pair.before].type !=
                      of.after.schema().columns[pair.after].type);
  }
  const RowHasher hasher;
  auto old_rows = read_rows(of.before, columns_of(of.match, key, true, as_text), hasher, of.limits);
  if (!old_rows) return tl::unexpected(std::move(old_rows).error());
  auto new_rows = read_rows(of.after, columns_of(of.match, key, false, as_text), hasher, of.limits);
  if (!new_rows) return tl::unexpected(std::move(new_rows).error());
  count(*old_rows, *new_rows, difference);
  return {};
}

}  // namespace

Result<TableDifference> compare_tables(const TablePair& pair, storage::TableStore& tables,
                                       const ComparisonLimits& limits) {
  const auto deadline = std::chrono::steady_clock::now() + kReadTimeout;
  auto before = tables.read(pair.before, deadline);
  if (!before) return tl::unexpected(std::move(before).error());
  auto after = tables.read(pair.after, deadline);
  if (!after) return tl::unexpected(std::move(after).error());
  auto match = match_columns(**before, **after);
  if (!match) return tl::unexpected(std::move(match).error());
  const core::TableSchema& old_schema = (*before)->schema();
  const core::TableSchema& new_schema = (*after)->schema();
  TableDifference difference;
  difference.old_version = pair.before.version;
  difference.rows_before = old_schema.rows;
  difference.rows_after = new_schema.rows;
  name_columns(*match, old_schema, new_schema, difference);
  if (match->same.empty()) {  // another table: nothing of it stays
    difference.compared_by = "whole_rows";
    difference.rows_added = new_schema.rows;
    difference.rows_removed = old_schema.rows;
    return difference;
  }
  if (old_schema.rows + new_schema.rows > limits.rows) {
    count_only(difference);
    return difference;
  }
  const RowKey key = choose_key(*match, old_schema, new_schema, pair.primary_key);
  difference.compared_by = key.compared_by;
  auto done = compare_rows({**before, **after, *match, limits}, key, difference);
  if (!done) return tl::unexpected(std::move(done).error());
  return difference;
}

}  // namespace minato::service
