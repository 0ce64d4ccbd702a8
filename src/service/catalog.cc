#include "service/catalog.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "auth/permissions.h"
#include "core/file_formats.h"
#include "service/facet_titles.h"
#include "service/not_found.h"

namespace minato::service {
namespace {

using core::Dataset;
using core::Result;
using core::State;

// Resources that were deleted stay in the store until their dataset is purged.
bool is_deleted(const core::Resource& resource) { return resource.state == State::kDeleted; }

void drop_deleted_resources(Dataset& dataset) { std::erase_if(dataset.resources, is_deleted); }

// What a search gives is shared with others: it is copied when something has to go.
void drop_deleted_resources(core::DatasetPointer& dataset) {
  const auto& all = dataset->resources;
  if (std::none_of(all.begin(), all.end(), is_deleted)) return;
  auto kept = std::make_shared<Dataset>(*dataset);
  drop_deleted_resources(*kept);
  dataset = std::move(kept);
}

// By id or name, else by former name: a name that only a deleted dataset has may be that.
Result<std::optional<Dataset>> find_dataset(storage::CatalogReader& reader,
                                            std::string_view id_or_name) {
  auto found = reader.dataset(id_or_name);
  const bool is_sure =
      !found || (*found && ((*found)->state != State::kDeleted || (*found)->id == id_or_name));
  if (is_sure) return found;
  const auto id = reader.history().dataset_formerly(id_or_name);
  if (!id) return tl::unexpected(id.error());
  return *id ? reader.dataset(**id) : std::move(found);
}

Result<Dataset> read_dataset(storage::CatalogReader& reader, std::string_view id_or_name,
                             const core::Caller& caller) {
  auto found = find_dataset(reader, id_or_name);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) return dataset_not_found();
  if (!auth::may_read(**found, caller)) {
    const bool gone = (*found)->state == State::kDeleted;
    return gone ? dataset_not_found() : dataset_access_denied();
  }
  drop_deleted_resources(**found);
  return std::move(**found);
}

bool is_widened(const core::Visibility& asked) {
  return asked.include_private || asked.include_drafts || asked.include_deleted;
}

// What `asked` widens a search to, as far as the caller goes.
core::Visibility seen_by(const core::Caller& caller, const core::Visibility& asked) {
  core::Visibility seen = caller.visibility();
  seen.include_private = asked.include_private;
  seen.include_drafts = asked.include_drafts;
  seen.include_deleted = asked.include_deleted;
  return seen;
}

// The address a link leads to, with CKAN's rule that one without a scheme is meant as http. Empty
// for other schemes: browsers follow a redirect only to the web.
std::string web_address(std::string_view url) {
  if (url.starts_with("http://") || url.starts_with("https://")) return std::string(url);
  // A colon starts a port ("example.jp:8080/a.csv") or ends the name of some other scheme.
  const auto colon = std::min(url.find_first_of(":/?#"), url.size());
  const std::string_view behind = url.substr(colon);
  const bool has_port =
      behind.size() > 1 && behind[0] == ':' && behind[1] >= '0' && behind[1] <= '9';
  if (colon == 0 || (behind.starts_with(':') && !has_port)) return {};
  return "http://" + std::string(url);
}

// The last segment of a path or URL; publishers' file names never lead out of a folder.
std::string last_segment(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const auto slash = url.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? url : url.substr(slash + 1));
}

}  // namespace

Catalog::Catalog(storage::CatalogStore& store, storage::BlobStore& blobs, const core::Clock& clock,
                 CatalogOptions options)
    : store_(store), blobs_(blobs), clock_(clock), options_(std::move(options)) {}

Result<std::unique_ptr<storage::CatalogReader>> Catalog::reader() {
  return store_.read(std::chrono::steady_clock::now() + options_.read_timeout);
}

Result<std::shared_ptr<const Directory>> Catalog::directory() {
  const std::uint64_t newest = store_.revision();
  {
    const std::lock_guard lock(directory_mutex_);
    if (directory_ && directory_->revision() == newest) return directory_;
  }
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  return directory(**view);
}

Result<std::shared_ptr<const Directory>> Catalog::directory(storage::CatalogReader& reader) {
  // Held while it is loaded: after a change many find it old, and one does the work. All of them
  // have their reader by now, so nobody in here waits for one.
  const std::lock_guard lock(directory_mutex_);
  if (directory_ && directory_->revision() >= reader.revision()) return directory_;
  auto loaded = Directory::load(reader);
  if (!loaded) return tl::unexpected(std::move(loaded).error());
  directory_ = std::make_shared<const Directory>(std::move(*loaded));
  return directory_;
}

Result<Dataset> Catalog::dataset(std::string_view id_or_name, const core::Caller& caller) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  return read_dataset(**view, id_or_name, caller);
}

Result<std::optional<RemovedDataset>> Catalog::removed(std::string_view id_or_name) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto found = find_dataset(**view, id_or_name);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found || (*found)->state != State::kDeleted || (*found)->is_private) return std::nullopt;
  auto tombstone = (*view)->history().tombstone((*found)->id);
  if (!tombstone) return tl::unexpected(std::move(tombstone).error());
  if (!*tombstone) return std::nullopt;
  // A draft leaves a tombstone as well, which is nobody's business: the news of a removal is public
  // when the dataset was.
  storage::ActivityRequest news;
  news.object_id = (*found)->id;
  news.types = {"deleted package"};
  news.limit = 1;
  auto told = (*view)->history().activities(news);
  if (!told) return tl::unexpected(std::move(told).error());
  if (told->empty()) return std::nullopt;
  return RemovedDataset{std::move(**found), std::move(**tombstone)};
}

Result<std::vector<std::string>> Catalog::dataset_names(std::int64_t offset, std::int64_t limit) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  return (*view)->dataset_names(offset,
                                limit < 0 ? std::numeric_limits<std::int64_t>::max() : limit);
}

Result<std::vector<std::string>> Catalog::dataset_names(std::int64_t offset, std::int64_t limit,
                                                        const core::Visibility& widened,
                                                        const core::Caller& caller) {
  if (!is_widened(widened)) return dataset_names(offset, limit);
  std::vector<std::string> names;
  const auto read = each_seen(seen_by(caller, widened), {}, [&](const Dataset& dataset) {
    names.push_back(dataset.name);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  std::sort(names.begin(), names.end());
  const auto count = static_cast<std::int64_t>(names.size());
  const auto first = std::min(offset, count);
  const auto size = limit < 0 ? count - first : std::min(limit, count - first);
  return std::vector<std::string>(names.begin() + first, names.begin() + first + size);
}

Result<core::SearchResult> Catalog::search(const core::SearchRequest& request,
                                           core::Language language, const core::Caller& caller) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  core::SearchRequest asked = request;
  asked.visibility =
      is_widened(request.visibility) ? seen_by(caller, request.visibility) : core::Visibility{};
  auto result = (*view)->search(asked);
  if (!result) return result;
  for (auto& dataset : result->datasets) drop_deleted_resources(dataset);
  if (result->count == 0 && !request.asked.empty()) store_.note_missed_search(request.asked);
  if (result->facets.empty()) return result;
  const auto titles = directory(**view);
  if (!titles) return tl::unexpected(titles.error());
  fill_facet_titles(result->facets, **titles, language);
  return result;
}

Result<void> Catalog::each_dataset(const std::function<bool(const Dataset&)>& visit,
                                   std::vector<core::SearchExpr> filters) {
  return each_seen({}, std::move(filters), visit);
}

Result<void> Catalog::each_seen(const core::Visibility& seen, std::vector<core::SearchExpr> filters,
                                const std::function<bool(const Dataset&)>& visit) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  core::SearchRequest request;
  request.visibility = seen;
  request.sort = {{"id", false}};
  request.limit = 500;
  request.filters = filters;
  while (true) {
    auto page = (*view)->search(request);
    if (!page) return tl::unexpected(std::move(page).error());
    for (auto& dataset : page->datasets) {
      drop_deleted_resources(dataset);
      if (!visit(*dataset)) return {};
    }
    if (page->datasets.size() < static_cast<std::size_t>(request.limit)) return {};
    // Goes on behind the last id: an offset would cost more with every page.
    core::SearchExpr behind;
    behind.kind = core::SearchExpr::Kind::kRange;
    behind.field = "id";
    behind.low = {page->datasets.back()->id, false};
    request.filters = filters;
    request.filters.push_back(std::move(behind));
  }
}

Result<core::SearchResult> Catalog::recently_changed(std::int64_t offset, std::int64_t limit) {
  core::SearchRequest request;
  request.sort = {{"metadata_modified", true}};
  request.offset = offset;
  request.limit = limit;
  return search(request);
}

Result<FoundResource> Catalog::resource(std::string_view id, const core::Caller& caller) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto dataset_id = (*view)->dataset_of_resource(id);
  if (!dataset_id) return tl::unexpected(std::move(dataset_id).error());
  if (!*dataset_id) return resource_not_found();
  auto dataset = read_dataset(**view, **dataset_id, caller);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  const auto found = std::find_if(dataset->resources.begin(), dataset->resources.end(),
                                  [&](const core::Resource& r) { return r.id == id; });
  if (found == dataset->resources.end()) return resource_not_found();
  core::Resource resource = *found;
  return FoundResource{std::move(*dataset), std::move(resource)};
}

Result<FoundResource> Catalog::resource_in(std::string_view dataset, std::string_view id,
                                           const core::Caller& caller) {
  auto found = resource(id, caller);
  if (!found || found->dataset.id == dataset || found->dataset.name == dataset) return found;
  const auto named = this->dataset(dataset, caller);
  if (named && named->id == found->dataset.id) return found;
  if (!named && named.error().code != core::ErrorCode::kNotFound &&
      named.error().code != core::ErrorCode::kPermissionDenied) {
    return tl::unexpected(named.error());
  }
  return resource_of_another(found->dataset);
}

Result<Download> Catalog::download(std::string_view resource_id, const core::Caller& caller) {
  auto found = resource(resource_id, caller);
  if (!found) return tl::unexpected(std::move(found).error());
  const core::Resource& resource = found->resource;
  Download download;
  download.file_name = last_segment(resource.url);
  if (download.file_name.empty()) download.file_name = resource.id;
  download.media_type =
      resource.mimetype.empty() ? core::mimetype_of_file(download.file_name) : resource.mimetype;
  download.size = resource.size.value_or(-1);
  download.modified = resource.last_modified.value_or(resource.created);
  if (!resource.blob.empty()) {
    download.blob = resource.blob;
  } else if (resource.url_type.empty()) {
    download.redirect_url = web_address(resource.url);
  } else if (resource.url_type == "datastore") {
    download.redirect_url = "/datastore/dump/" + resource.id;  // rows that have no file
  }
  if (download.blob.empty() && download.redirect_url.empty()) return file_not_here();
  return download;
}

Result<int> Catalog::open(const Download& download) { return blobs_.open(download.blob); }

Result<core::Group> Catalog::group(core::GroupKind kind, std::string_view id_or_name) {
  const auto all = directory();
  if (!all) return tl::unexpected(all.error());
  const core::Group* found = (*all)->find(kind, id_or_name);
  if (found != nullptr) return *found;
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  const auto id = (*view)->history().group_formerly(id_or_name);
  if (!id) return tl::unexpected(id.error());
  if (*id) found = (*all)->find(kind, **id);
  if (found == nullptr) return group_not_found(kind);
  return *found;
}

Result<std::vector<core::Group>> Catalog::groups(const storage::GroupListRequest& request) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto list = (*view)->groups(request);
  if (list) {
    std::erase_if(*list, [](const core::Group& group) { return group.state != State::kActive; });
  }
  return list;
}

Result<std::string> Catalog::vocabulary_id(storage::CatalogReader& reader, std::string_view name) {
  if (name.empty()) return std::string();
  const auto all = directory(reader);
  if (!all) return tl::unexpected(all.error());
  const core::Vocabulary* found = (*all)->vocabulary(name);
  if (found == nullptr) return vocabulary_not_found();
  return found->id;
}

Result<std::vector<core::Tag>> Catalog::tags(const storage::TagListRequest& request) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto vocabulary = vocabulary_id(**view, request.vocabulary_id);
  if (!vocabulary) return tl::unexpected(std::move(vocabulary).error());
  auto list = (*view)->tags({request.query, *vocabulary, request.include_unused});
  if (list) {
    std::sort(list->begin(), list->end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
  }
  return list;
}

Result<core::Tag> Catalog::tag(std::string_view id_or_name, std::string_view vocabulary) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto within = vocabulary_id(**view, vocabulary);
  if (!within) return tl::unexpected(std::move(within).error());
  auto found = (*view)->tag(id_or_name, *within);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) return tag_not_found();
  if (!(*found)->vocabulary_id.empty()) return std::move(**found);
  // Free tags live in datasets: one that only hidden datasets have would tell of them.
  core::SearchExpr has_tag;
  has_tag.kind = core::SearchExpr::Kind::kEqual;
  has_tag.field = "tags";
  has_tag.value = (*found)->name;
  core::SearchRequest request;
  request.filters.push_back(std::move(has_tag));
  request.limit = 0;
  const auto users = (*view)->search(request);
  if (!users) return tl::unexpected(users.error());
  if (users->count == 0) return tag_not_found();
  return std::move(**found);
}

Result<core::Vocabulary> Catalog::vocabulary(std::string_view id_or_name) {
  const auto all = directory();
  if (!all) return tl::unexpected(all.error());
  const core::Vocabulary* found = (*all)->vocabulary(id_or_name);
  if (found == nullptr) return vocabulary_not_found();
  return *found;
}

}  // namespace minato::service
