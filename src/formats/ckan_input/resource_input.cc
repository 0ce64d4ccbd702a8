#include <algorithm>
#include <array>
#include <utility>

#include "formats/ckan_input/ckan_input.h"
#include "formats/ckan_input/input_object.h"

namespace minato::formats {
namespace {

using core::Resource;

struct TextField {
  std::string_view key;
  std::string Resource::*place;
};
constexpr std::array<TextField, 6> kTexts = {{{"name", &Resource::name},
                                              {"description", &Resource::description},
                                              {"mimetype_inner", &Resource::mimetype_inner},
                                              {"resource_type", &Resource::resource_type},
                                              {"license_id", &Resource::license_id},
                                              {"hash", &Resource::hash}}};

// Read by name, or the catalogue's own bookkeeping, which a client only hands back.
bool is_own_key(std::string_view key) {
  static constexpr std::array<std::string_view, 33> kKeys = {"cache_last_updated",
                                                             "cache_url",
                                                             "clear_upload",
                                                             "created",
                                                             "datastore_active",
                                                             "description",
                                                             "format",
                                                             "has_views",
                                                             "hash",
                                                             "id",
                                                             "import_job",
                                                             "last_modified",
                                                             "license_id",
                                                             "metadata_modified",
                                                             "mimetype",
                                                             "mimetype_inner",
                                                             "name",
                                                             "package_id",
                                                             "plugin_data",
                                                             "position",
                                                             "resource_group_id",
                                                             "resource_type",
                                                             "revision_id",
                                                             "revision_timestamp",
                                                             "size",
                                                             "state",
                                                             "tracking_summary",
                                                             "upload",
                                                             "url",
                                                             "url_type",
                                                             "webstore_last_updated",
                                                             "webstore_url",
                                                             "__extras"};
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

bool has_scheme(std::string_view url) {
  return url.find("://") != std::string_view::npos && url.find("://") < url.find('/');
}

class ResourceReader {
 public:
  ResourceReader(const rapidjson::Value& dict, const CkanInput& input, Resource& resource,
                 InputObject object)
      : dict_(dict), input_(input), before_(resource), resource_(resource), in_(object) {}

  void read() {
    if (!input_.has_file) read_place();
    // What describes a file of ours is ours to say.
    const bool is_kept = input_.has_file || !resource_.blob.empty();
    for (const auto& field : kTexts) {
      if (is_kept && field.key == "hash") continue;
      if (is_read(field.key)) resource_.*field.place = in_.text(field.key);
    }
    for (const auto& [key, place] :
         {std::pair("format", &Resource::format), std::pair("mimetype", &Resource::mimetype)}) {
      if (in_.has(key) || (!is_kept && is_read(key))) resource_.*place = in_.text(key);
    }
    if (!is_kept && is_read("size")) resource_.size = in_.integer("size");
    if (in_.has("last_modified") || (!is_kept && is_read("last_modified"))) {
      resource_.last_modified = in_.time("last_modified");
    }
    read_cache();
    read_extras();
  }

 private:
  [[nodiscard]] bool is_read(std::string_view key) const {
    return input_.absent == AbsentKeys::kClear || in_.has(key);
  }

  void drop_file() {
    resource_.url_type.clear();
    resource_.blob.clear();
    resource_.hash.clear();
    resource_.size.reset();
    resource_.mimetype.clear();
  }

  void read_place() {
    if (in_.boolean("clear_upload")) {
      if (resource_.url_type == "upload") drop_file();
      resource_.url = in_.text("url");
    } else {
      read_url();
    }
    const std::string type = in_.text("url_type");
    const bool may_change = resource_.url_type != "upload" && type != "upload";
    if (may_change && in_.has("url_type")) resource_.url_type = type;
  }

  void read_url() {
    const std::string url = in_.text("url");
    const bool is_file = before_.url_type == "upload";
    // A file's address, and that of a table, are made by the catalogue.
    const bool is_made = is_file || before_.url_type == "datastore";
    if (url.empty() && (is_made || !is_read("url"))) return;
    if (url == before_.url || url == ckan_resource_url(before_, input_.context.site_url)) return;
    if (is_file && !has_scheme(url)) {
      resource_.url = url.substr(url.rfind('/') + 1);  // npos + 1 is 0
      return;
    }
    if (is_file && url.starts_with(own_address())) return;
    if (!resource_.blob.empty()) drop_file();
    resource_.url = url;
  }

  [[nodiscard]] std::string own_address() const {
    return input_.context.site_url + "/dataset/" + before_.dataset_id + "/resource/" + before_.id +
           "/download";
  }

  // The address of a copy that we keep of a harvested file is shown here, and stored nowhere.
  void read_cache() {
    const bool shows_copy = before_.url_type.empty() && !before_.blob.empty();
    if (is_read("cache_url")) {
      std::string url = in_.text("cache_url");
      if (!shows_copy || !url.starts_with(own_address())) resource_.cache_url = std::move(url);
    }
    if (is_read("cache_last_updated")) {
      resource_.cache_last_updated = in_.time("cache_last_updated");
    }
  }

  // Known keys stay in their place, so that handing back what was shown changes nothing.
  void read_extras() {
    std::vector<core::Extra> extras;
    for (core::Extra& extra : resource_.extras) {
      const auto* value = find_member(dict_, extra.key);
      const bool is_hidden = is_own_key(extra.key);
      if (is_hidden || (value == nullptr && input_.absent == AbsentKeys::kKeep)) {
        extras.push_back(std::move(extra));
      } else if (value != nullptr && !value->IsNull()) {
        extras.push_back({extra.key, text_of_any(*value)});
      }
    }
    const auto known_end = static_cast<std::ptrdiff_t>(extras.size());
    for (const auto& member : dict_.GetObject()) {
      const std::string_view key = text_of(member.name);
      const auto same = [key](const core::Extra& extra) { return extra.key == key; };
      const bool is_known = std::any_of(extras.begin(), extras.begin() + known_end, same);
      if (is_known || is_own_key(key) || member.value.IsNull()) continue;
      extras.push_back({std::string(key), text_of_any(member.value)});
    }
    std::sort(extras.begin() + known_end, extras.end(),
              [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
    resource_.extras = std::move(extras);
  }

  const rapidjson::Value& dict_;
  const CkanInput& input_;
  const Resource before_;
  Resource& resource_;
  InputObject in_;
};

}  // namespace

void read_ckan_resource(const rapidjson::Value& dict, const CkanInput& input, Resource& resource,
                        const std::string& pointer, core::ErrorDetails& wrongs) {
  ResourceReader(dict, input, resource, InputObject(dict, pointer, wrongs)).read();
}

}  // namespace minato::formats
