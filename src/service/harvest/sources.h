// The list of harvest sources: from publishers.csv at the first start, and as operators change it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/harvest.h"
#include "core/time.h"
#include "storage/catalog_store.h"
#include "storage/harvest_store.h"

namespace minato::service {

struct HarvestStores {
  storage::HarvestStore& harvest;
  storage::CatalogStore& catalog;
  const core::Clock& clock;
};

struct NewSource {
  std::string name;   // empty: the organization's code, or "{code}-{kind}" when that is taken
  std::string title;  // empty: the organization's
  core::SourceKind kind = core::SourceKind::kCkan;
  std::string url;
  std::string organization;
  std::string options = "{}";
  std::string schedule;
};

// kInvalidArgument "harvest-source-name", "harvest-source-url", "harvest-options",
// "harvest-schedule"; kNotFound "harvest-organization-unknown"; kConflict "harvest-source-exists"
// (the name, or the same kind, URL and options under another name). A disabled source of the
// organization that only lacks the URL becomes this one, unless `name` asks for another.
core::Result<core::HarvestSource> add_source(const NewSource& source, const HarvestStores& stores);

// What is not set stays as it is.
struct SourceChange {
  std::optional<std::string> title;
  std::optional<std::string> url;
  std::optional<std::string> options;  // the whole JSON object
  std::optional<std::string> schedule;
};

// Checks as add_source() does; the datasets of the source go on.
core::Result<core::HarvestSource> change_source(std::string_view id_or_name,
                                                const SourceChange& change,
                                                const HarvestStores& stores);

// Sources for the publishers of the file that have none yet ("publishers" remembers in the harvest
// store which were made, so that one removed by an operator does not come back). Those without a
// known portal are kDisabled, and the notice says why. Gives the names of the new ones.
core::Result<std::vector<std::string>> load_publisher_sources(const std::string& csv_file,
                                                              const HarvestStores& stores);

core::Result<core::HarvestSource> find_source(std::string_view id_or_name,
                                              storage::HarvestStore& store);  // kNotFound
core::Result<core::HarvestSource> set_source_state(std::string_view id_or_name,
                                                   core::SourceState state, std::string notice,
                                                   const HarvestStores& stores);

// Cron with five fields ("30 3 * * 1-5", in Japan's time), "every 6h" (m, h, d), "manual". Empty
// when it cannot be read; the next time strictly after `now`; nullopt inside for "manual".
struct Schedule {
  std::string text;
  [[nodiscard]] std::optional<core::Timestamp> next(core::Timestamp now) const;
};
core::Result<Schedule> parse_schedule(std::string_view text);  // "harvest-schedule"

}  // namespace minato::service
