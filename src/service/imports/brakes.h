// What looks like a mistake in a new version of a table, before anybody sees it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/import_report.h"
#include "storage/catalog_store.h"
#include "storage/table_store.h"

namespace minato::service {

struct BrakeOptions {
  std::int64_t lost_rows_percent = 30;  // more than this share of the rows gone; 100: never
  bool lost_columns = true;             // a column is gone (a renamed one is not)
  bool moved_coordinates = true;        // rows lie outside the municipality although none, or
                                        // fewer by lost_rows_percent points, did before; or
                                        // latitudes and longitudes changed columns
};

// Rows, columns.
std::vector<core::Brake> brakes_of(const core::ImportedTable& table, const BrakeOptions& options);

// Where the rows of a dataset may lie: of one for the whole prefecture its box; of another what its
// rows covered so far, enlarged by its own size to each side.
core::BoundingBox expected_area(const core::Dataset& dataset,
                                const std::optional<core::Group>& organization,
                                const core::BoundingBox& before);

struct MovedRows {
  storage::TableKey before;
  storage::TableKey after;
  core::BoundingBox area;
  std::int64_t tolerated_points = 30;  // of per cent
};
// None: they did not move.
core::Result<std::optional<core::Brake>> coordinate_brake(const MovedRows& moved,
                                                          storage::TableStore& tables);

// Tables of the resource that the new file lacks.
std::vector<core::Brake> lost_table_brakes(const std::vector<storage::TableVersion>& before,
                                           const core::ImportReport& report);

}  // namespace minato::service
