#include "support/sample_tables.h"

#include <stdexcept>

#include "storage/sqlite/tables/open_table_store.h"
#include "support/sample_catalog.h"

namespace minato::support {
namespace {

template <typename T>
T valid(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message.en + result.error().internal);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

core::TableColumn column(std::string name, core::ColumnType type,
                         core::ColumnRole role = core::ColumnRole::kNone) {
  core::TableColumn made;
  made.name = std::move(name);
  made.type = type;
  made.role = role;
  return made;
}

}  // namespace

SampleTables::SampleTables(storage::CatalogStore& store, service::Catalog& catalog)
    : catalog_store_(store),
      table_store_(valid(storage::sqlite::tables::open_table_store(folder_.path()))),
      tables_(catalog, store, *table_store_, {}) {}

void SampleTables::publish(const std::string& resource_id, const core::TableSchema& schema,
                           const std::vector<std::vector<core::Value>>& rows) {
  storage::TableVersion version;
  {
    auto reader = valid(catalog_store_.read(core::Deadline::max()));
    version.version =
        static_cast<std::int64_t>(valid(reader->table_versions(resource_id)).size()) + 1;
  }
  version.table_id = resource_id;
  version.resource_id = resource_id;
  version.created = at("2024-06-01T00:00:00Z");
  version.blob = blob_;
  version.input_hash = version.blob;
  version.file_name = "人口.csv";
  version.container = "csv";
  version.encoding = "utf-8";
  auto writer = valid(table_store_->create({resource_id, version.version}, schema));
  for (const auto& row : rows) {
    std::vector<core::ValueView> views;
    for (const core::Value& value : row) views.push_back(core::to_view(value));
    valid(writer->append(views));
  }
  storage::ReadingNotes notes;
  notes.header_first = 1;
  notes.header_last = 1;
  notes.first_data = 2;
  version.rows = valid(writer->finish(notes)).rows;
  version.columns = static_cast<std::int64_t>(schema.columns.size());
  valid(catalog_store_.write([&](storage::CatalogWriter& catalog) {
    return catalog.publish_tables(resource_id, {version});
  }));
}

void SampleTables::publish_population() {
  using core::ColumnRole;
  using core::ColumnType;
  core::TableSchema schema;
  schema.columns = {column("地域", ColumnType::kString),
                    column("年", ColumnType::kInteger),
                    column("人口", ColumnType::kInteger),
                    column("緯度", ColumnType::kNumber, ColumnRole::kLatitude),
                    column("経度", ColumnType::kNumber, ColumnRole::kLongitude),
                    column("更新日", ColumnType::kDate)};
  const auto text = [](const char* value) { return core::Value(std::string(value)); };
  const auto whole = [](std::int64_t value) { return core::Value(value); };
  publish("population-r1", schema,
          {{text("横浜市"), whole(2023), whole(3770000), 35.45, 139.63, text("2024-04-01")},
           {text("川崎市"), whole(2023), whole(1541000), 35.53, 139.70, text("2024-04-01")},
           {text("横浜市"), whole(2024), whole(3772000), 35.45, 139.63, text("2025-04-01")},
           {text("箱根町"), whole(2024), {}, 35.23, 139.11, text("2025-04-01")},
           {text("=相模原市"), whole(2024), whole(725000), {}, {}, {}}});
}

}  // namespace minato::support
