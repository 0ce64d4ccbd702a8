#include "service/tables.h"

#include <algorithm>
#include <utility>

namespace minato::service {

namespace {

using core::ErrorCode;
using core::Result;
using storage::TableVersion;

// Datasets may be large; a busy service has fewer hot tables than this.
constexpr std::size_t kMaxRemembered = 256;

Result<std::optional<TableVersion>> numbered(storage::CatalogReader& reader,
                                             std::string_view table_id, std::int64_t number) {
  auto all = reader.table_versions(table_id);
  if (!all) return tl::unexpected(std::move(all).error());
  for (TableVersion& version : *all) {
    if (version.version == number) return std::move(version);
  }
  return std::nullopt;
}

tl::unexpected<core::Error> version_gone(std::string_view table_id, std::int64_t number) {
  return core::fail(ErrorCode::kGone, "table-version-gone",
                    {"この表の版 " + std::to_string(number) + " はありません。",
                     "This table has no version " + std::to_string(number) + "."},
                    {"残っている版は /api/v1/tables/" + std::string(table_id) +
                         "/versions にあります。最初のページから取り直してください。",
                     "/api/v1/tables/" + std::string(table_id) +
                         "/versions lists those that are kept; start again from the first page."});
}

core::Error missing(core::LocalizedText why, core::LocalizedText cure) {
  return core::fail(ErrorCode::kNotFound, "table-missing", std::move(why), std::move(cure)).value();
}

core::Error no_table_because(const core::Resource& resource, std::string_view table_id) {
  if (table_id != resource.id) {
    return missing(
        {"このリソースに表「" + std::string(table_id) + "」は（もう）ありません。",
         "This resource has no table \"" + std::string(table_id) + "\" (any more)."},
        {"リソースの表: /api/v1/tables/" + resource.id + "。以前の版は ?version= で取得できます。",
         "Its first table: /api/v1/tables/" + resource.id +
             ". Older versions are there with ?version=."});
  }
  if (resource.blob.empty()) {
    return missing({"このリソースのファイルはここに保存されていないため、表がありません。",
                    "The file of this resource is not kept here, so it has no table."},
                   {"リソースの URL から直接取得してください: " + resource.url,
                    "Get it from the URL of the resource: " + resource.url});
  }
  return missing({"このリソースの表はまだ準備できていません。",
                  "The table of this resource is not ready yet."},
                 {"しばらくしてからもう一度お試しください。", "Try again in a while."});
}

}  // namespace

std::string resource_of_table(std::string_view table_id) {
  const std::size_t dot = table_id.find_last_of('.');
  const bool has_part = dot != std::string_view::npos && dot + 1 < table_id.size() &&
                        std::all_of(table_id.begin() + static_cast<std::ptrdiff_t>(dot) + 1,
                                    table_id.end(), [](char c) { return c >= '0' && c <= '9'; });
  return std::string(has_part ? table_id.substr(0, dot) : table_id);
}

Tables::Tables(Catalog& catalog, storage::CatalogStore& store, storage::TableStore& tables,
               TablesOptions options)
    : catalog_(catalog), store_(store), tables_(tables), options_(options) {}

Result<std::unique_ptr<storage::CatalogReader>> Tables::reader() {
  return store_.read(std::chrono::steady_clock::now() + options_.query_timeout);
}

FoundTablePointer Tables::remembered(const std::string& key, std::uint64_t revision) {
  const std::lock_guard lock(mutex_);
  if (found_revision_ != revision) return nullptr;
  const auto known = found_.find(key);
  return known == found_.end() ? nullptr : known->second;
}

void Tables::remember(const std::string& key, std::uint64_t revision, FoundTablePointer found) {
  const std::lock_guard lock(mutex_);
  if (found_revision_ != revision || found_.size() >= kMaxRemembered) found_.clear();
  found_revision_ = revision;
  found_[key] = std::move(found);
}

Result<FoundTablePointer> Tables::find(std::string_view table_id,
                                       std::optional<std::int64_t> version,
                                       const core::Caller& caller) {
  if (!caller.is_anonymous() || caller.sysadmin) {
    return look_up(table_id, version, caller);
  }
  // Asked before looking: what is found is at least of this revision.
  const std::uint64_t revision = store_.revision();
  const std::string key = std::string(table_id) + "#" + (version ? std::to_string(*version) : "");
  if (auto known = remembered(key, revision)) return known;
  auto found = look_up(table_id, version, caller);
  if (found) remember(key, revision, *found);
  return found;
}

Result<FoundTablePointer> Tables::look_up(std::string_view table_id,
                                          std::optional<std::int64_t> version,
                                          const core::Caller& caller) {
  auto resource = catalog_.resource(resource_of_table(table_id), caller);
  if (!resource) return tl::unexpected(std::move(resource).error());
  auto opened = reader();
  if (!opened) return tl::unexpected(std::move(opened).error());
  storage::CatalogReader& read = **opened;
  auto current = read.table(table_id);
  if (!current) return tl::unexpected(std::move(current).error());
  auto wanted = version && (!*current || (*current)->version != *version)
                    ? numbered(read, table_id, *version)
                    : current;
  if (!wanted) return tl::unexpected(std::move(wanted).error());
  if (!*wanted && version) return version_gone(table_id, *version);
  if (!*wanted) {
    auto refusal = read.table_refusal(resource->resource.id);
    if (!refusal) return tl::unexpected(std::move(refusal).error());
    return tl::unexpected(*refusal ? missing((*refusal)->message, (*refusal)->hint)
                                   : no_table_because(resource->resource, table_id));
  }
  FoundTable found;
  found.is_current = *current && (*current)->version == (*wanted)->version;
  found.version = std::move(**wanted);
  found.dataset = std::move(resource->dataset);
  found.resource = std::move(resource->resource);
  auto schema = tables_.schema(found.key());
  if (!schema) return tl::unexpected(std::move(schema).error());
  found.schema = *std::move(schema);
  return std::make_shared<const FoundTable>(std::move(found));
}

Result<TableVersions> Tables::versions(std::string_view table_id, const core::Caller& caller) {
  auto resource = catalog_.resource(resource_of_table(table_id), caller);
  if (!resource) return tl::unexpected(std::move(resource).error());
  auto opened = reader();
  if (!opened) return tl::unexpected(std::move(opened).error());
  auto all = (*opened)->table_versions(table_id);
  if (!all) return tl::unexpected(std::move(all).error());
  auto current = (*opened)->table(table_id);
  if (!current) return tl::unexpected(std::move(current).error());
  if (all->empty()) {
    auto found = find(table_id, std::nullopt, caller);  // says why there is none
    if (!found) return tl::unexpected(std::move(found).error());
  }
  return TableVersions{*std::move(all), *current ? (*current)->version : 0};
}

Result<std::vector<TableVersion>> Tables::of_resource(std::string_view resource_id,
                                                      const core::Caller& caller) {
  auto resource = catalog_.resource(resource_id, caller);
  if (!resource) return tl::unexpected(std::move(resource).error());
  auto opened = reader();
  if (!opened) return tl::unexpected(std::move(opened).error());
  return (*opened)->tables_of(resource_id);
}

Result<FoundTablePointer> Tables::find_named(std::string_view id_or_alias,
                                             const core::Caller& caller) {
  auto found = find(id_or_alias, std::nullopt, caller);
  if (found || found.error().id != "resource-not-found") return found;
  auto opened = reader();
  if (!opened) return tl::unexpected(std::move(opened).error());
  const auto resource = (*opened)->resource_of_alias(id_or_alias);
  if (!resource) return tl::unexpected(resource.error());
  return *resource ? find(**resource, std::nullopt, caller) : found;
}

Result<std::vector<std::string>> Tables::aliases(const FoundTable& table) {
  auto opened = reader();
  if (!opened) return tl::unexpected(std::move(opened).error());
  auto definition = (*opened)->table_definition(table.resource.id);
  if (!definition) return tl::unexpected(std::move(definition).error());
  if (!*definition || table.version.part != 1) return std::vector<std::string>{};
  std::sort((*definition)->aliases.begin(), (*definition)->aliases.end());
  return std::move((*definition)->aliases);
}

Result<std::vector<std::string>> Tables::table_ids(const core::Caller& caller) {
  auto opened = reader();
  if (!opened) return tl::unexpected(std::move(opened).error());
  auto ids = (*opened)->resources_with_table();
  if (!ids) return ids;
  std::vector<std::string> visible;
  for (std::string& id : *ids) {
    if (catalog_.resource(id, caller)) visible.push_back(std::move(id));
  }
  return visible;
}

Result<storage::ReadingNotes> Tables::notes(const FoundTable& table) {
  return tables_.notes(table.key());
}

Result<std::int64_t> Tables::stored_bytes(const FoundTable& table) {
  return tables_.size(table.key());
}

Result<std::unique_ptr<storage::TableReader>> Tables::read(const FoundTable& table) {
  return tables_.read(table.key(), std::chrono::steady_clock::now() + options_.query_timeout);
}

Result<std::unique_ptr<storage::TableReader>> Tables::read_for_export(const FoundTable& table) {
  return tables_.read(table.key(), std::chrono::steady_clock::now() + options_.export_timeout);
}

}  // namespace minato::service
