#include "service/imports/import_comparison.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "service/imports/table_difference.h"

namespace minato::service {

namespace {

using core::ImportedTable;
using core::ImportReport;
using core::Result;
using storage::TableVersion;

constexpr std::size_t kKeptRejects = 100;

ImportedTable imported(const PreparedTable& table) {
  ImportedTable result;
  result.table_id = table.version.table_id;
  result.part = table.version.part;
  result.name = table.version.name;
  result.schema = table.schema;
  result.container = table.version.container;
  result.encoding = table.version.encoding;
  result.findings = table.notes.findings;
  const auto& rejects = table.notes.rejects;
  const auto kept = static_cast<std::ptrdiff_t>(std::min(rejects.size(), kKeptRejects));
  result.rejects.assign(rejects.begin(), rejects.begin() + kept);
  result.reject_count = table.notes.reject_count;
  return result;
}

core::TableDifference nothing_before(std::int64_t rows) {
  core::TableDifference difference;
  difference.rows_after = rows;
  difference.rows_added = rows;
  return difference;
}

core::TableDifference nothing_changed(const TableVersion& version) {
  core::TableDifference difference;
  difference.old_version = version.version;
  difference.rows_before = version.rows;
  difference.rows_after = version.rows;
  return difference;
}

Result<core::TableDifference> difference_of(const TableVersion& before, const TableVersion& after,
                                            const ComparisonScope& scope) {
  ComparisonLimits limits;
  limits.go_on = scope.go_on;
  return compare_tables({{before.table_id, before.version},
                         {after.table_id, after.version},
                         scope.subject.primary_key},
                        scope.tables, limits);
}

Result<void> add_coordinate_brake(const TableVersion& before, const TableVersion& after,
                                  const ComparisonScope& scope, ImportReport& report) {
  if (!scope.brakes.moved_coordinates || after.rows == 0) return {};
  auto schema = scope.tables.schema({before.table_id, before.version});
  if (!schema) return tl::unexpected(std::move(schema).error());
  if (!(*schema)->bbox) return {};
  MovedRows moved{{before.table_id, before.version}, {after.table_id, after.version}, {}, 0};
  moved.area = expected_area(scope.subject.dataset, scope.subject.organization, *(*schema)->bbox);
  moved.tolerated_points = scope.brakes.lost_rows_percent;
  auto brake = coordinate_brake(moved, scope.tables);
  if (!brake) return tl::unexpected(std::move(brake).error());
  if (*brake) report.brakes.push_back(**std::move(brake));
  return {};
}

Result<void> compare(const PreparedTable& table, const ComparisonScope& scope,
                     ImportReport& report) {
  ImportedTable& shown = report.tables.emplace_back(imported(table));
  const auto& current = scope.subject.tables;
  const auto before = std::find_if(current.begin(), current.end(), [&](const auto& version) {
    return version.table_id == table.version.table_id;
  });
  if (before == current.end()) {
    shown.difference = nothing_before(table.version.rows);
    return {};
  }
  auto difference = difference_of(*before, table.version, scope);
  if (!difference) return tl::unexpected(std::move(difference).error());
  shown.difference = *std::move(difference);
  auto brakes = brakes_of(shown, scope.brakes);
  std::move(brakes.begin(), brakes.end(), std::back_inserter(report.brakes));
  return add_coordinate_brake(*before, table.version, scope, report);
}

}  // namespace

Result<ImportReport> report_on(const PreparedTables& prepared, const ComparisonScope& scope) {
  ImportReport report;
  report.refusal = prepared.refusal();
  for (const PreparedTable& table : prepared.tables()) {
    if (auto done = compare(table, scope, report); !done) {
      return tl::unexpected(std::move(done).error());
    }
  }
  auto lost = lost_table_brakes(scope.subject.tables, report);
  std::move(lost.begin(), lost.end(), std::back_inserter(report.brakes));
  return report;
}

Result<ImportReport> report_on_current(const ComparisonScope& scope, const VersionBefore& before) {
  ImportReport report;
  if (const auto& refusal = scope.subject.refusal) {
    report.refusal = core::Error{core::ErrorCode::kInvalidArgument,
                                 refusal->error_id,
                                 refusal->message,
                                 refusal->hint,
                                 {},
                                 {}};
    return report;
  }
  for (const TableVersion& current : scope.subject.tables) {
    auto schema = scope.tables.schema({current.table_id, current.version});
    if (!schema) return tl::unexpected(std::move(schema).error());
    auto notes = scope.tables.notes({current.table_id, current.version});
    if (!notes) return tl::unexpected(std::move(notes).error());
    ImportedTable& shown =
        report.tables.emplace_back(imported({current, **schema, *std::move(notes)}));
    shown.version = current.version;
    auto old = before(current);
    if (!old) return tl::unexpected(std::move(old).error());
    if (!*old) {
      shown.difference = nothing_before(current.rows);
    } else if ((*old)->version == current.version) {
      shown.difference = nothing_changed(current);
    } else {
      auto difference = difference_of(**old, current, scope);
      if (!difference) return tl::unexpected(std::move(difference).error());
      shown.difference = *std::move(difference);
    }
  }
  return report;
}

}  // namespace minato::service
