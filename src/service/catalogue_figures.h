// What the catalogue holds, in numbers: by theme and tag, and over the years.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/search.h"
#include "core/time.h"
#include "service/directory.h"
#include "storage/catalog_store.h"

namespace minato::service {

struct GroupFigures {
  std::int64_t datasets = 0;
  core::DatasetPointer newest;  // last changed; never null
};

struct YearCount {
  int fiscal_year = 0;
  std::int64_t count = 0;
  bool operator==(const YearCount&) const = default;
};

// Everything is about active public datasets unless it says otherwise.
struct CatalogueFigures {
  std::uint64_t revision = 0;
  int fiscal_year = 0;  // the present one
  std::int64_t datasets = 0;
  std::int64_t tables = 0;  // resources that have a table
  std::optional<core::Timestamp> changed;
  std::map<std::string, GroupFigures, std::less<>> themes;  // by code
  std::vector<core::FacetValue> tags;                       // most used first; no titles
  // Datasets that are public now, by the end of the fiscal year in which they were registered; at
  // most ten years, the last one up to now. Empty when there are none.
  std::vector<YearCount> published;
  // FiguresScope's organization: datasets registered for the public since the first year, up to the
  // end of each year; harvested ones at the time their source gives ("issued"), if it gives one.
  // Those that were deleted later stay in the count, and one that comes back from its source is no
  // new one. Empty when there is no such organization.
  std::vector<YearCount> registered;
};

struct FiguresScope {
  core::Timestamp now;
  std::string organization;  // name
  int first_fiscal_year = 0;
  const Directory* directory = nullptr;  // spares some reading when it is of the same moment
};

// All of one moment. Fails as the reader fails.
core::Result<CatalogueFigures> load_figures(storage::CatalogReader& reader,
                                            const FiguresScope& scope);

}  // namespace minato::service
