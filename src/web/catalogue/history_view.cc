#include "web/catalogue/history_view.h"

#include <algorithm>
#include <string>
#include <utility>

#include "http/url.h"
#include "web/catalogue/prose.h"
#include "web/catalogue/resource_title.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::size_t kMaxVersions = 20;

struct Version {
  const core::Resource* resource;
  const storage::TableVersion* table;
  bool is_current;
};

std::vector<Version> versions_of(const DatasetMaterial& material) {
  std::vector<Version> versions;
  for (const core::Resource& resource : material.dataset.resources) {
    const service::ResourceTables* tables = material.tables_of(resource.id);
    if (tables == nullptr) continue;
    for (const storage::TableVersion& table : tables->all) {
      const bool is_current = std::any_of(
          tables->current.begin(), tables->current.end(), [&table](const auto& current) {
            return current.table_id == table.table_id && current.version == table.version;
          });
      versions.push_back({&resource, &table, is_current});
    }
  }
  std::stable_sort(versions.begin(), versions.end(), [](const Version& a, const Version& b) {
    return a.table->created > b.table->created;
  });
  return versions;
}

View version_item(const Version& version, const DatasetMaterial& material, const Visit& visit) {
  const storage::TableVersion& table = *version.table;
  View item = object();
  const std::string number = std::to_string(table.version);
  const std::string api = visit.data_link("/api/v1/tables/" + http::percent_encode(table.table_id));
  std::string title = resource_title(*version.resource, visit.texts);
  if (!table.name.empty() && table.part > 1) title += " / " + table.name;
  put_words(item, "title", shortened(title, 100), visit.language);
  put(item, "day", display_day(table.created, visit.language));
  put(item, "iso", core::to_rfc3339(table.created));
  put(item, "number", number);
  put(item, "rows", display_count(table.rows));
  put(item, "is_current", version.is_current);
  std::string query = version.is_current ? "" : "version=" + number;
  if (table.part > 1)
    query = "part=" + std::to_string(table.part) + (query.empty() ? "" : "&" + query);
  put(item, "href",
      visit.link(resource_path(material.dataset, *version.resource)) +
          (query.empty() ? "" : "?" + query));
  put(item, "csv", api + "/export.csv?version=" + number + "&bom=true&excel=true");
  put(item, "file", table.blob.empty() ? "" : api + "/versions/" + number + "/file");
  return item;
}

// Changes of one kind on one day are one line.
View changes_of(const DatasetMaterial& material, const Visit& visit) {
  struct Change {
    std::string day;
    std::string iso;
    std::string type;
    std::int64_t count = 0;
  };
  std::vector<Change> changes;
  for (const storage::Activity& activity : material.activities) {
    const std::string day = display_day(activity.time, visit.language);
    if (changes.empty() || changes.back().day != day || changes.back().type != activity.type) {
      changes.push_back({day, core::to_rfc3339(activity.time), activity.type, 0});
    }
    ++changes.back().count;
  }
  View items = list();
  for (const Change& change : changes) {
    View item = object();
    put(item, "day", change.day);
    put(item, "iso", change.iso);
    const bool is_new = change.type == "new package";
    const bool is_gone = change.type == "deleted package";
    put(item, "what",
        visit.texts[is_new    ? "ds_was_added"
                    : is_gone ? "ds_was_removed"
                              : "ds_was_changed"]);
    put(item, "times",
        change.count < 2 ? ""
                         : visit.texts.with("ds_times", {{"count", display_count(change.count)}}));
    items.push_back(item);
  }
  return items;
}

}  // namespace

void put_history(View& view, const DatasetMaterial& material, const Visit& visit) {
  const std::vector<Version> versions = versions_of(material);
  View items = list();
  for (std::size_t i = 0; i < versions.size() && i < kMaxVersions; ++i) {
    items.push_back(version_item(versions[i], material, visit));
  }
  const std::size_t more = versions.size() > kMaxVersions ? versions.size() - kMaxVersions : 0;
  put(view, "has_versions", !versions.empty());
  put(view, "versions", items);
  put(view, "older_versions",
      more == 0 ? ""
                : visit.texts.with("ds_older_versions",
                                   {{"count", display_count(static_cast<std::int64_t>(more))}}));
  put(view, "has_changes", !material.activities.empty());
  put(view, "changes", changes_of(material, visit));
  put(view, "has_history", !versions.empty() || !material.activities.empty());
}

}  // namespace minato::web
