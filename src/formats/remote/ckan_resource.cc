#include "formats/remote/ckan_resource.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/url.h"
#include "formats/remote/tolerant_object.h"

namespace minato::formats {
namespace {

using rapidjson::Value;

// Members read below, and those that are the portal's own bookkeeping.
constexpr std::array<std::string_view, 45> kKnownMembers = {
    "access_url",
    "cache_last_updated",
    "cache_url",
    "cache_url_updated",
    "created",
    "datastore_active",
    "datastore_contains_all_records_of_source_file",
    "description",
    "description_translated",
    "download_url",
    "format",
    "hash",
    "hash_algorithm",
    "id",
    "last_modified",
    "license",
    "license_id",
    "metadata_created",
    "metadata_modified",
    "mimetype",
    "mimetype_inner",
    "name",
    "name_translated",
    "no_real_name",
    "on_same_domain",
    "original_url",
    "owner",
    "package_id",
    "plugin_data",
    "position",
    "resource_group_id",
    "resource_id",
    "resource_type",
    "revision_id",
    "revision_timestamp",
    "set_url_type",
    "size",
    "state",
    "task_created",
    "title",
    "tracking_summary",
    "url",
    "url_type",
    "webstore_last_updated",
    "webstore_url"};

// "www.example.jp/a.csv" has lost its scheme; "a.csv" and "/a.csv" are the portal's own.
std::string address_of(const std::string& base, const std::string& url) {
  const std::size_t slash = url.find('/');
  const std::size_t colon = url.find(':');
  if (colon < slash) return url;
  const bool has_host = slash != std::string::npos && slash > 3 && url.find('.') < slash &&
                        url.front() != '.' && url.front() != '?';
  if (has_host) return "http://" + url;
  return core::resolve_url(base + "/", url).value_or(url);
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

void read_hash(TolerantObject& in, core::Resource& resource) {
  std::string hash = in.text("hash");
  if (is_sha256(hash)) {
    resource.hash = std::move(hash);
  } else {
    add_extra(resource.extras, "remote_hash", std::move(hash));
  }
}

void read_extras(const Value& value, core::Resource& resource) {
  for (const auto& entry : value.GetObject()) {
    const std::string_view key = text_of(entry.name);
    if (std::find(kKnownMembers.begin(), kKnownMembers.end(), key) != kKnownMembers.end()) continue;
    add_extra(resource.extras, key, plain_text(entry.value));
  }
  std::stable_sort(resource.extras.begin(), resource.extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
}

std::string first_of(TolerantObject& in, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (find_member(in.value(), key) == nullptr) continue;
    std::string text = in.text(key);
    if (!text.empty()) return text;
  }
  return {};
}

}  // namespace

std::optional<core::Resource> read_ckan_resource(const Value& value, const std::string& pointer,
                                                 const std::string& base,
                                                 std::vector<std::string>& repairs) {
  if (!value.IsObject()) {
    repairs.push_back(pointer + ": " + std::string(json_type_name(value)));
    return std::nullopt;
  }
  TolerantObject in(value, pointer, repairs);
  if (in.text("state") == "deleted") return std::nullopt;
  core::Resource resource;
  const std::string url = first_of(in, {"url", "download_url", "access_url"});
  if (url.empty()) {
    in.drop("url", "");
    return std::nullopt;
  }
  resource.url = address_of(base, url);
  resource.id = in.text("id");
  if (resource.id.empty()) resource.id = resource.url;
  resource.name = first_of(in, {"name_translated", "name", "title"});
  resource.description = first_of(in, {"description_translated", "description"});
  resource.format = in.text("format");
  resource.mimetype = in.text("mimetype");
  resource.mimetype_inner = in.text("mimetype_inner");
  resource.size = in.size("size");
  resource.resource_type = in.text("resource_type");
  resource.license_id = first_of(in, {"license_id", "license"});
  if (const auto created = in.time("created")) resource.created = *created;
  resource.last_modified = in.time("last_modified");
  if (const auto changed = in.time("metadata_modified")) resource.metadata_modified = *changed;
  read_hash(in, resource);
  read_extras(value, resource);
  return resource;
}

}  // namespace minato::formats
