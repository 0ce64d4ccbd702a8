#include "service/harvest/files.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>
#include <utility>

#include "core/file_formats.h"
#include "core/url.h"
#include "formats/dataset_document.h"
#include "service/harvest/content.h"
#include "service/harvest/owned.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::ErrorCode;
using core::Resource;
using core::Result;
using storage::Origin;

constexpr std::chrono::seconds kReadTimeout{30};

tl::unexpected<core::Error> superseded(const std::string& resource_id) {
  return core::fail(
      ErrorCode::kConflict, "harvest-file-superseded",
      {"リソース " + resource_id + " は、職員が別のファイルにしたか、なくなりました。",
       "Staff gave the resource " + resource_id + " another file, or it is gone."},
      {"収集したファイルは使われません。そのままで構いません。",
       "The harvested file is not used; nothing needs to be done."});
}

Resource* find(Dataset& dataset, const std::string& id) {
  const auto found = std::find_if(dataset.resources.begin(), dataset.resources.end(),
                                  [&](const Resource& resource) { return resource.id == id; });
  return found == dataset.resources.end() ? nullptr : &*found;
}

// As the source left it: nobody else gave it another file.
bool is_as_harvested(const Resource& current, const Resource& base) {
  return std::tie(current.url, current.url_type, current.blob) ==
         std::tie(base.url, base.url_type, base.blob);
}

// The resource and what the source said of it.
struct Place {
  Dataset dataset;
  Origin origin;
  Dataset base;
};

class Publication {
 public:
  Publication(const std::string& dataset_id, const std::string& resource_id,
              const FetchedFile& file, const ImportTarget& target)
      : dataset_id_(dataset_id), resource_id_(resource_id), file_(file), target_(target) {}

  Result<FileOutcome> run() {
    auto place = [&]() -> Result<Place> {
      auto reader = target_.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
      if (!reader) return tl::unexpected(std::move(reader).error());
      return find_place(**reader);
    }();
    if (!place) return tl::unexpected(std::move(place).error());
    Resource resource = *find(place->dataset, resource_id_);
    FileOutcome outcome;
    if (resource.blob != file_.sha256) {
      auto published = publish(resource);
      if (!published) return tl::unexpected(std::move(published).error());
      outcome.changed = true;
    }
    auto imported = import_resource(resource, target_);
    if (!imported) return tl::unexpected(std::move(imported).error());
    outcome.import = *std::move(imported);
    return outcome;
  }

 private:
  Result<Place> find_place(storage::CatalogReader& reader) {
    Place place;
    auto dataset = reader.dataset(dataset_id_);
    if (!dataset) return tl::unexpected(std::move(dataset).error());
    if (!*dataset || (*dataset)->state == core::State::kDeleted) return superseded(resource_id_);
    place.dataset = **std::move(dataset);
    auto origins = reader.origins_of(dataset_id_);
    if (!origins) return tl::unexpected(std::move(origins).error());
    const auto origin = std::find_if(origins->begin(), origins->end(),
                                     [&](const Origin& one) { return one.source == file_.source; });
    if (origin == origins->end()) return superseded(resource_id_);
    place.origin = *origin;
    auto base = formats::parse_dataset_document(origin->document);
    if (!base) return core::fail_internal("origin of " + dataset_id_ + " is not readable");
    place.base = *std::move(base);
    const Resource* current = find(place.dataset, resource_id_);
    const Resource* known = find(place.base, resource_id_);
    if (current == nullptr || known == nullptr || !is_as_harvested(*current, *known)) {
      return superseded(resource_id_);
    }
    auto owners = reader.field_owners(dataset_id_);
    if (!owners) return tl::unexpected(std::move(owners).error());
    const KeptFields owned = owned_fields(*owners, {});
    const std::string pointer = "/resources/" + resource_id_;
    for (const std::string& mine : owned) {
      if (mine == "/resources" || mine == pointer || mine == pointer + "/url") {
        return superseded(resource_id_);
      }
    }
    return place;
  }

  // Afterwards `resource` is as the catalogue has it.
  Result<void> publish(Resource& resource) {
    auto content = look_at_content(file_.path, resource);
    if (!content) return tl::unexpected(std::move(content).error());
    auto kept = target_.blobs.put_file(file_.path);
    if (!kept) return tl::unexpected(std::move(kept).error());
    const core::Timestamp now = target_.clock.now();
    return target_.catalog.write([&](storage::CatalogWriter& writer) -> Result<void> {
      auto place = find_place(writer.reader());
      if (!place) return tl::unexpected(std::move(place).error());
      Resource& current = *find(place->dataset, resource_id_);
      for (Resource* one : {&current, find(place->base, resource_id_)}) {
        one->blob = one->hash = kept->sha256;
        one->size = static_cast<std::int64_t>(kept->size);
        one->last_modified = file_.last_modified.value_or(now);
        apply(*content, *one);
      }
      current.metadata_modified = now;
      place->dataset.modified = now;
      place->origin.document = formats::write_dataset_document(place->base);
      resource = current;
      if (auto put = writer.put_dataset(place->dataset); !put) return put;
      return writer.put_origin(place->origin);
    });
  }

  const std::string& dataset_id_;
  const std::string& resource_id_;
  const FetchedFile& file_;
  const ImportTarget& target_;
};

bool is_tabular_format(std::string_view format) {
  static constexpr std::array<std::string_view, 7> kFormats{"CSV",  "TSV", "XLSX", "XLS",
                                                            "XLSM", "ZIP", "GZIP"};
  return std::find(kFormats.begin(), kFormats.end(), format) != kFormats.end();
}

}  // namespace

Result<FileOutcome> publish_harvested_file(const std::string& dataset_id,
                                           const std::string& resource_id, const FetchedFile& file,
                                           const ImportTarget& target) {
  return Publication(dataset_id, resource_id, file, target).run();
}

bool is_tabular_candidate(const Resource& resource) {
  if (!core::parse_url(resource.url)) return false;
  const std::string by_url = core::format_of_url(resource.url);
  if (!by_url.empty()) return is_tabular_format(by_url);
  if (is_tabular_format(resource.format)) return true;
  const core::FileFormat* format = core::find_file_format(resource.format);
  if (format != nullptr) return false;
  const core::FileFormat* type = core::find_file_format(resource.mimetype);
  return type == nullptr || is_tabular_format(type->name);
}

}  // namespace minato::service
