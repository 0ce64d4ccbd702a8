// Reading the catalogue: what every face of the service (CKAN API, REST API, pages, feeds,
// downloads) asks of it. Permission, existence and limits are decided here, once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/dataset.h"
#include "core/error.h"
#include "core/harvest_status.h"
#include "core/search.h"
#include "core/time.h"
#include "service/directory.h"
#include "storage/blob_store.h"
#include "storage/catalog_store.h"

namespace minato::service {

struct CatalogOptions {
  std::chrono::milliseconds read_timeout{5000};
  std::string site_url;  // "https://data.example.jp", no slash at the end
  core::LocalizedText site_title;
  core::LocalizedText site_description;
};

struct FoundResource {
  core::Dataset dataset;
  core::Resource resource;
};

// Where the bytes of a resource are: exactly one of `blob` and `redirect_url` is set.
struct Download {
  std::string blob;          // SHA-256; give it to Catalog::open
  std::string redirect_url;  // http or https; the bytes are not kept here
  std::string file_name;     // as the publisher named it, may be Japanese
  std::string media_type;
  std::int64_t size = -1;  // bytes; -1 when the catalogue does not say
  core::Timestamp modified;
};

// A deleted dataset that everybody could see, and why it went.
struct RemovedDataset {
  core::Dataset dataset;
  storage::Tombstone tombstone;
};

// A dataset whose name or title matched what somebody has typed so far.
struct DatasetSuggestion {
  std::string name;
  std::string title;
  bool by_title = false;  // the title matched, not the name
};

// Thread-safe. Every call reads one consistent state of the catalogue and fails with kUnavailable
// or kDeadline when the store cannot answer within the read time limit. What has no `caller` is
// about public datasets only.
class Catalog {
 public:
  // Keeps references: the three must outlive the catalog.
  Catalog(storage::CatalogStore& store, storage::BlobStore& blobs, const core::Clock& clock,
          CatalogOptions options);

  [[nodiscard]] const CatalogOptions& options() const { return options_; }
  [[nodiscard]] const core::Clock& clock() const { return clock_; }
  [[nodiscard]] core::Timestamp now() const { return clock_.now(); }
  [[nodiscard]] std::uint64_t revision() { return store_.revision(); }
  // Organizations, groups and vocabularies of the newest revision, with counts of public datasets.
  // Cheap.
  core::Result<std::shared_ptr<const Directory>> directory();

  // By id, name or former name (then its `name` is another). kNotFound "dataset-not-found", for a
  // deleted one too; kPermissionDenied "dataset-access-denied" for one that is private or a draft:
  // unless auth::may_read().
  core::Result<core::Dataset> dataset(std::string_view id_or_name, const core::Caller& caller = {});
  // What a page may tell of a dataset that is not found any more; nullopt: nothing.
  core::Result<std::optional<RemovedDataset>> removed(std::string_view id_or_name);
  // nullopt: it was not harvested.
  core::Result<std::optional<core::Provenance>> provenance(const core::Dataset& dataset);
  // Sorted names of active public datasets. A negative limit means all.
  core::Result<std::vector<std::string>> dataset_names(std::int64_t offset, std::int64_t limit);
  // The same with those that `widened` asks for and the caller may see.
  core::Result<std::vector<std::string>> dataset_names(std::int64_t offset, std::int64_t limit,
                                                       const core::Visibility& widened,
                                                       const core::Caller& caller);
  // Facet values come back with their titles: of organizations, groups, licences and themes.
  // A search with text in `asked` that finds nothing is counted for the operator.
  // A field that cannot be searched in this way is kInvalidArgument (the store's error). Only
  // public datasets are found and counted; the include_* flags of the request widen that to what
  // the caller may see (who the request says is looking does not count).
  core::Result<core::SearchResult> search(const core::SearchRequest& request,
                                          core::Language language = core::Language::kJa,
                                          const core::Caller& caller = {});
  // Calls `visit` with every active public dataset that all `filters` let pass, by id, until it
  // returns false. Takes as long as the catalogue is large, within the read time limit: for worker
  // threads.
  core::Result<void> each_dataset(const std::function<bool(const core::Dataset&)>& visit,
                                  std::vector<core::SearchExpr> filters = {});
  // Public datasets, last changed first.
  core::Result<core::SearchResult> recently_changed(std::int64_t offset, std::int64_t limit);

  // kNotFound "resource-not-found", or as dataset().
  core::Result<FoundResource> resource(std::string_view id, const core::Caller& caller = {});
  // The same within the dataset of that id, name or former name; kNotFound "resource-not-found"
  // when it is another's.
  core::Result<FoundResource> resource_in(std::string_view dataset, std::string_view id,
                                          const core::Caller& caller);
  // As resource(); kNotFound "file-not-here" when there are neither bytes nor a web address.
  core::Result<Download> download(std::string_view resource_id, const core::Caller& caller = {});
  // An open read-only descriptor of download.blob, owned by the caller.
  core::Result<int> open(const Download& download);

  // By id, name or former name. kNotFound "organization-not-found" or "group-not-found".
  core::Result<core::Group> group(core::GroupKind kind, std::string_view id_or_name);
  // Active ones by title; `query` is matched as the store folds text.
  core::Result<std::vector<core::Group>> groups(const storage::GroupListRequest& request);

  // By name. `vocabulary_id` of the request may be a name; kNotFound "vocabulary-not-found".
  core::Result<std::vector<core::Tag>> tags(const storage::TagListRequest& request);
  // A free tag that no public dataset has is not found. kNotFound "tag-not-found",
  // "vocabulary-not-found".
  core::Result<core::Tag> tag(std::string_view id_or_name, std::string_view vocabulary);
  core::Result<core::Vocabulary> vocabulary(std::string_view id_or_name);

  // What happened, newest first. What not everybody could see is told to members of the
  // organization of the request, to its user, and to sysadmins; of a dataset (object_id) to members
  // of its organization. REQUIRES: the caller may see the object.
  core::Result<std::vector<storage::Activity>> activities(storage::ActivityRequest request,
                                                          const core::Caller& caller);
  // kNotFound "activity-not-found"; kPermissionDenied "activity-access-denied".
  core::Result<storage::Activity> activity(std::string_view id, const core::Caller& caller);

  core::Result<std::vector<DatasetSuggestion>> suggest_datasets(std::string_view typed,
                                                                std::int64_t limit);
  // Formats in use that contain `typed` (without case), lower case, most used first.
  core::Result<std::vector<std::string>> suggest_formats(std::string_view typed,
                                                         std::int64_t limit);

 private:
  core::Result<std::unique_ptr<storage::CatalogReader>> reader();
  core::Result<void> each_seen(const core::Visibility& seen, std::vector<core::SearchExpr> filters,
                               const std::function<bool(const core::Dataset&)>& visit);
  core::Result<std::shared_ptr<const Directory>> directory(storage::CatalogReader& reader);
  // Of an id or a name; empty for the empty name.
  core::Result<std::string> vocabulary_id(storage::CatalogReader& reader, std::string_view name);

  storage::CatalogStore& store_;
  storage::BlobStore& blobs_;
  const core::Clock& clock_;
  CatalogOptions options_;
  std::mutex directory_mutex_;  // guards the pointer, not what it points to
  std::shared_ptr<const Directory> directory_;
};

}  // namespace minato::service
