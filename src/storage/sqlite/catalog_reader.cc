#include "storage/sqlite/catalog_reader.h"

#include <utility>

#include "storage/sqlite/dataset_lists.h"
#include "storage/sqlite/dataset_rows.h"
#include "storage/sqlite/group_rows.h"
#include "storage/sqlite/origin_rows.h"
#include "storage/sqlite/sqlite_error.h"
#include "storage/sqlite/table_definition_rows.h"
#include "storage/sqlite/table_rows.h"
#include "storage/sqlite/tag_rows.h"

namespace minato::storage::sqlite {

using core::Result;

namespace {

// By id: nobody looks at datasets in that order.
bool is_walk(const core::SearchRequest& request) {
  return request.sort.size() == 1 && request.sort.front().field == "id";
}

}  // namespace

Result<std::optional<core::Dataset>> SqliteCatalogReader::dataset(std::string_view id_or_name) {
  return ask([&]() -> std::optional<core::Dataset> {
    const auto dataset_no = find_dataset(connection_, id_or_name);
    if (!dataset_no) return std::nullopt;
    return load_dataset(connection_, *dataset_no);
  });
}

Result<std::optional<std::string>> SqliteCatalogReader::dataset_of_resource(
    std::string_view resource_id) {
  return ask([&]() -> std::optional<std::string> {
    Statement row = connection_.prepare(
        "SELECT d.id FROM resource r JOIN dataset d USING (dataset_no) WHERE r.id = ?1");
    row.bind(1, resource_id);
    if (!row.step()) return std::nullopt;
    return row.string(0);
  });
}

Result<std::vector<std::string>> SqliteCatalogReader::dataset_names(std::int64_t offset,
                                                                    std::int64_t limit) {
  return ask([&] {
    Statement row = connection_.prepare(
        "SELECT name FROM dataset WHERE state = 0 AND is_private = 0 ORDER BY name"
        " LIMIT ?2 OFFSET ?1");
    row.bind_all(offset, limit < 0 ? 0 : limit);
    std::vector<std::string> names;
    while (row.step()) names.push_back(row.string(0));
    return names;
  });
}

Result<core::SearchResult> SqliteCatalogReader::search(const core::SearchRequest& request) {
  return guarded([&]() -> Result<core::SearchResult> {
    connection_.check_deadline();
    const std::int64_t newest = connection_.integer(search::kNewestDocument);
    auto hits = index_.search(connection_.handle(), request, deadline_, newest);
    if (!hits) return tl::unexpected<core::Error>(std::move(hits.error()));
    // Who walks through the whole catalogue must not push out what people look at.
    return load_page(std::move(*hits), !is_walk(request));
  });
}

core::SearchResult SqliteCatalogReader::load_page(search::SearchHits hits, bool keep) {
  core::SearchResult result;
  result.count = hits.count;
  result.scores = std::move(hits.scores);
  result.facets = std::move(hits.facets);
  result.datasets.reserve(hits.rowids.size());
  for (std::size_t i = 0; i < hits.rowids.size(); ++i) {
    const std::int64_t dataset_no = hits.rowids[i];
    auto dataset = load(dataset_no, hits.documents[i], keep);
    if (!dataset) {
      throw SQLite::Exception(
          "the search index names dataset " + std::to_string(dataset_no) + ", which is not there",
          SQLITE_CORRUPT);
    }
    result.datasets.push_back(std::move(dataset));
  }
  return result;
}

std::shared_ptr<const core::Dataset> SqliteCatalogReader::load(std::int64_t dataset_no,
                                                               std::int64_t document, bool keep) {
  if (cache_ != nullptr) return cache_->load(connection_, dataset_no, document, keep);
  auto dataset = load_dataset(connection_, dataset_no);
  return dataset ? std::make_shared<const core::Dataset>(std::move(*dataset)) : nullptr;
}

Result<std::optional<core::Group>> SqliteCatalogReader::group(core::GroupKind kind,
                                                              std::string_view id_or_name) {
  return ask([&]() -> std::optional<core::Group> {
    const auto group_no = find_group(connection_, kind, id_or_name);
    if (!group_no) return std::nullopt;
    return load_group(connection_, *group_no);
  });
}

Result<std::vector<core::Group>> SqliteCatalogReader::groups(const GroupListRequest& request) {
  return ask([&] { return list_groups(connection_, request); });
}

std::map<std::string, std::int64_t> SqliteCatalogReader::counts(std::string_view sql) {
  Statement row = connection_.prepare(sql);
  std::map<std::string, std::int64_t> result;
  while (row.step()) result.emplace(row.string(0), row.integer(1));
  return result;
}

Result<std::map<std::string, std::int64_t>> SqliteCatalogReader::dataset_counts(
    core::GroupKind kind) {
  return ask([&] {
    if (kind == core::GroupKind::kOrganization) {
      return counts(
          "SELECT g.id, n.count FROM (SELECT owner_no, count(*) AS count FROM dataset"
          " WHERE state = 0 AND is_private = 0 AND owner_no IS NOT NULL GROUP BY owner_no) n"
          " JOIN catalog_group g ON g.group_no = n.owner_no");
    }
    return counts(
        "SELECT g.id, n.count FROM (SELECT dg.group_no, count(*) AS count FROM dataset_group dg"
        " JOIN dataset d USING (dataset_no) WHERE d.state = 0 AND d.is_private = 0"
        " GROUP BY dg.group_no) n JOIN catalog_group g USING (group_no)");
  });
}

Result<std::vector<core::Tag>> SqliteCatalogReader::tags(const TagListRequest& request) {
  return ask([&] { return list_tags(connection_, request); });
}

Result<std::optional<core::Tag>> SqliteCatalogReader::tag(std::string_view id_or_name,
                                                          std::string_view vocabulary_id) {
  return ask([&] { return find_tag(connection_, id_or_name, vocabulary_id); });
}

Result<std::vector<core::Vocabulary>> SqliteCatalogReader::vocabularies() {
  return ask([&] { return list_vocabularies(connection_); });
}

Result<std::map<std::string, std::int64_t>> SqliteCatalogReader::formats() {
  return ask([&] {
    return counts(
        "SELECT format, count(*) FROM resource WHERE is_listed = 1 AND format <> ''"
        " GROUP BY format");
  });
}

Result<std::vector<Origin>> SqliteCatalogReader::origins(std::string_view source) {
  return ask([&] { return list_origins(connection_, source); });
}

Result<std::optional<Origin>> SqliteCatalogReader::origin(std::string_view source,
                                                          std::string_view remote_id) {
  return ask([&] { return find_origin(connection_, source, remote_id); });
}

Result<std::vector<Origin>> SqliteCatalogReader::origins_of(std::string_view dataset_id) {
  return ask([&] { return list_origins_of(connection_, dataset_id); });
}

Result<std::optional<SourceConfirmation>> SqliteCatalogReader::source_confirmation(
    std::string_view source) {
  return ask([&] { return find_source_confirmation(connection_, source); });
}

Result<std::vector<FieldOwner>> SqliteCatalogReader::field_owners(std::string_view dataset_id) {
  return ask([&] { return list_field_owners(connection_, dataset_id); });
}

Result<std::optional<TableVersion>> SqliteCatalogReader::table(std::string_view table_id) {
  return ask([&] { return find_table(connection_, table_id); });
}

Result<std::vector<TableVersion>> SqliteCatalogReader::table_versions(std::string_view table_id) {
  return ask([&] { return list_table_versions(connection_, table_id); });
}

Result<std::vector<TableVersion>> SqliteCatalogReader::tables_of(std::string_view resource_id) {
  return ask([&] { return list_tables_of(connection_, resource_id); });
}

Result<std::vector<std::string>> SqliteCatalogReader::resources_with_table() {
  return ask([&] { return list_resources_with_table(connection_); });
}

Result<std::optional<TableRefusal>> SqliteCatalogReader::table_refusal(
    std::string_view resource_id) {
  return ask([&] { return find_table_refusal(connection_, resource_id); });
}

Result<std::optional<TableDefinition>> SqliteCatalogReader::table_definition(
    std::string_view resource_id) {
  return ask([&] { return find_table_definition(connection_, resource_id); });
}

Result<std::optional<std::string>> SqliteCatalogReader::resource_of_alias(std::string_view alias) {
  return ask([&] { return find_resource_of_alias(connection_, alias); });
}

Result<std::vector<std::string>> SqliteCatalogReader::datasets_due(core::Timestamp now) {
  return ask([&] { return list_datasets_due(connection_, now); });
}

Result<std::vector<std::string>> SqliteCatalogReader::resources_to_import() {
  return ask([&] { return list_resources_to_import(connection_); });
}

Result<std::vector<std::string>> SqliteCatalogReader::datasets_in(std::string_view group_id) {
  return ask([&] { return list_datasets_in(connection_, group_id); });
}

Result<std::vector<CatalogReader::MissedSearch>> SqliteCatalogReader::missed_searches(
    std::int64_t limit) {
  return ask([&] { return list_missed_searches(connection_, limit); });
}

}  // namespace minato::storage::sqlite
