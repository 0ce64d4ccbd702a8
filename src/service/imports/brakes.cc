#include "service/imports/brakes.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

namespace minato::service {

namespace {

using core::BoundingBox;
using core::Brake;
using core::Result;

constexpr std::string_view kPrefectureCode = "140007";
constexpr std::string_view kPrefectureKind = "都道府県";
// 国土地理院: 神奈川県の東西南北端点.
constexpr BoundingBox kKanagawa{138.9158, 35.1289, 139.8356, 35.6728};
// Of a table whose rows lie on one spot: about 2 km.
constexpr double kLeastMargin = 0.02;
constexpr BoundingBox kWorld{-180, -90, 180, 90};
constexpr std::chrono::minutes kReadTimeout{10};

std::string joined(const std::vector<std::string>& names, std::string_view separator) {
  constexpr std::size_t kNamed = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) {
    text += (i == 0 ? std::string() : std::string(separator)) + names[i];
  }
  return names.size() > kNamed ? text + std::string(separator) + "..." : text;
}

std::string percent(double share) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", share * 100);
  return text.data();
}

Brake lost_rows(const core::ImportedTable& table) {
  const std::string before = std::to_string(table.difference.rows_before);
  const std::string after = std::to_string(table.difference.rows_after);
  const std::string lost = percent(1 - static_cast<double>(table.difference.rows_after) /
                                           static_cast<double>(table.difference.rows_before));
  return {"lost-rows",
          table.table_id,
          {"行が " + before + " から " + after + " に減っています（" + lost + "% 減）。",
           "The table shrinks from " + before + " rows to " + after + " (" + lost + "% fewer)."}};
}

Brake lost_columns(const core::ImportedTable& table) {
  const auto& gone = table.difference.columns_removed;
  return {"lost-columns",
          table.table_id,
          {"列がなくなっています: " + joined(gone, "、"),
           std::to_string(gone.size()) + " columns are gone: " + joined(gone, ", ")}};
}

struct Places {
  std::int64_t all = 0;  // rows with coordinates
  std::int64_t outside = 0;
  std::string latitude = {};  // names of the columns they are taken from
  std::string longitude = {};
  [[nodiscard]] double share() const {
    return all == 0 ? 0 : static_cast<double>(outside) / static_cast<double>(all);
  }
};

core::Filter in_box(const BoundingBox& box) {
  core::Filter filter;
  filter.kind = core::Filter::Kind::kTest;
  filter.op = core::FilterOp::kInBbox;
  filter.values = {box.west, box.south, box.east, box.north};
  return filter;
}

Result<Places> places_of(const storage::TableKey& key, const BoundingBox& area,
                         storage::TableStore& tables) {
  auto reader = tables.read(key, std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  if (!(*reader)->schema().bbox) return Places{};
  auto all = (*reader)->count(in_box(kWorld), -1);
  if (!all) return tl::unexpected(std::move(all).error());
  auto inside = (*reader)->count(in_box(area), -1);
  if (!inside) return tl::unexpected(std::move(inside).error());
  Places places{all->value, all->value - inside->value};
  for (const core::TableColumn& column : (*reader)->schema().columns) {
    if (column.role == core::ColumnRole::kLatitude) places.latitude = column.name;
    if (column.role == core::ColumnRole::kLongitude) places.longitude = column.name;
  }
  return places;
}

// The columns changed places, under the same names.
bool are_swapped(const Places& before, const Places& after) {
  return !before.latitude.empty() && before.latitude == after.longitude &&
         before.longitude == after.latitude;
}

core::LocalizedText moved_text(const Places& before, const Places& after) {
  if (after.all == 0) {
    return {
        "これまであった位置（緯度・経度）を、どの行からも読み取れません。緯度と経度が入れ替わ"
        "っていないか確かめてください。",
        "No row has readable coordinates any more. Are latitude and longitude swapped?"};
  }
  if (are_swapped(before, after)) {
    return {
        "列「" + before.latitude + "」と「" + before.longitude +
            "」の中身が、これまでと逆になっています。緯度と経度が入れ替わっていないか確かめてくだ"
            "さい。",
        "The columns " + before.latitude + " and " + before.longitude +
            " hold each other's values. Are latitude and longitude swapped?"};
  }
  const std::string count = std::to_string(after.outside);
  return {"位置が対象地域の外にある行が " + count + " 行あります（" + percent(before.share()) +
              "% から " + percent(after.share()) + "% に増加）。",
          count + " rows lie outside the area of the dataset (" + percent(after.share()) +
              "%; before: " + percent(before.share()) + "%)."};
}

}  // namespace

std::vector<Brake> brakes_of(const core::ImportedTable& table, const BrakeOptions& options) {
  std::vector<Brake> brakes;
  const core::TableDifference& difference = table.difference;
  const std::int64_t lost = difference.rows_before - difference.rows_after;
  // Products, not shares: 30 of 100 rows is not more than 30 %.
  if (options.lost_rows_percent < 100 &&
      lost * 100 > options.lost_rows_percent * difference.rows_before) {
    brakes.push_back(lost_rows(table));
  }
  if (options.lost_columns && !difference.columns_removed.empty()) {
    brakes.push_back(lost_columns(table));
  }
  return brakes;
}

BoundingBox expected_area(const core::Dataset& dataset,
                          const std::optional<core::Group>& organization,
                          const BoundingBox& before) {
  const auto& spatial = dataset.spatial;
  const bool prefecture =
      spatial.empty() ? organization && (organization->name == kPrefectureCode ||
                                         organization->municipality_kind == kPrefectureKind)
                      : std::find(spatial.begin(), spatial.end(), kPrefectureCode) != spatial.end();
  if (prefecture) return kKanagawa;
  const double width = std::max(before.east - before.west, kLeastMargin);
  const double height = std::max(before.north - before.south, kLeastMargin);
  return {before.west - width, before.south - height, before.east + width, before.north + height};
}

Result<std::optional<Brake>> coordinate_brake(const MovedRows& moved, storage::TableStore& tables) {
  auto before = places_of(moved.before, moved.area, tables);
  if (!before) return tl::unexpected(std::move(before).error());
  auto after = places_of(moved.after, moved.area, tables);
  if (!after) return tl::unexpected(std::move(after).error());
  const bool lost_all = before->all > 0 && after->all == 0;
  const bool moved_out = before->outside == 0 ? after->outside > 0
                                              : (after->share() - before->share()) * 100 >
                                                    static_cast<double>(moved.tolerated_points);
  if (!lost_all && !moved_out && !are_swapped(*before, *after)) return std::nullopt;
  return Brake{"moved-coordinates", moved.after.table_id, moved_text(*before, *after)};
}

std::vector<Brake> lost_table_brakes(const std::vector<storage::TableVersion>& before,
                                     const core::ImportReport& report) {
  std::vector<Brake> brakes;
  for (const storage::TableVersion& table : before) {
    const bool stays =
        std::any_of(report.tables.begin(), report.tables.end(),
                    [&](const auto& imported) { return imported.table_id == table.table_id; });
    if (stays) continue;
    const std::string name = table.name.empty() ? table.table_id : table.name;
    const std::string rows = std::to_string(table.rows);
    brakes.push_back(
        {"lost-table",
         table.table_id,
         {"公開中の表「" + name + "」（" + rows + " 行）が新しいファイルにありません。",
          "The published table \"" + name + "\" (" + rows + " rows) is not in the new file."}});
  }
  return brakes;
}

}  // namespace minato::service
