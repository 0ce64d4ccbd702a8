#include "formats/remote/dcat_distribution.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "core/url.h"
#include "formats/remote/dcat_terms.h"

namespace minato::formats {
namespace {

constexpr std::string_view kMediaTypes = "iana.org/assignments/media-types/";

// "https://www.iana.org/assignments/media-types/text/csv" -> "text/csv"
std::string media_type_of(const std::string& word) {
  const std::size_t found = word.find(kMediaTypes);
  return found == std::string::npos ? word : word.substr(found + kMediaTypes.size());
}

// "1024", and "1024.0" of DCAT-AP 1 and 2.
std::optional<std::int64_t> size_of(const std::string& word) {
  double size = -1;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), size);
  const bool is_number = read.ec == std::errc() && read.ptr == word.data() + word.size();
  if (!is_number || !(size >= 0) || size > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(size);
}

void read_checksum(const DcatNode& node, core::Resource& resource) {
  for (const DcatNode& checksum : node.nodes({term(kSpdx, "checksum")})) {
    std::string value = checksum.word({term(kSpdx, "checksumValue")});
    const std::string algorithm = checksum.reference({term(kSpdx, "algorithm")});
    const bool is_hex = value.size() == 64 &&
                        value.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (is_hex) {
      resource.hash = std::move(value);
    } else {
      add_extra(resource.extras, "remote_hash", std::move(value));
      add_extra(resource.extras, "hash_algorithm", algorithm);
    }
  }
}

void read_extras(const DcatNode& node, core::Resource& resource) {
  add_extra(resource.extras, "rights", node.word({term(kDct, "rights")}));
  add_extra(resource.extras, "status", node.reference({term(kAdms, "status")}));
  add_extra(resource.extras, "language", text_list(node.references({term(kDct, "language")})));
  add_extra(resource.extras, "conforms_to", text_list(node.references({term(kDct, "conformsTo")})));
  add_extra(resource.extras, "documentation", text_list(node.references({term(kFoaf, "page")})));
  add_extra(resource.extras, "availability", node.reference({term(kDcatap, "availability")}));
  add_extra(resource.extras, "compress_format", node.reference({term(kDcat, "compressFormat")}));
  add_extra(resource.extras, "package_format", node.reference({term(kDcat, "packageFormat")}));
  std::stable_sort(resource.extras.begin(), resource.extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
}

}  // namespace

std::optional<core::Resource> read_dcat_distribution(const DcatNode& node) {
  const std::string download =
      node.reference({term(kDcat, "downloadURL"), term(kSchema, "contentUrl")});
  const std::string access = node.reference({term(kDcat, "accessURL"), term(kSchema, "url")});
  core::Resource resource;
  resource.url = download.empty() ? access : download;
  if (resource.url.empty() && !node.is_described() && core::parse_url(node.iri())) {
    resource.url = node.iri();
  }
  if (resource.url.empty()) return std::nullopt;
  resource.id = node.is_blank() ? resource.url : node.iri();
  if (access != resource.url) add_extra(resource.extras, "access_url", access);
  resource.name = node.text({term(kDct, "title"), term(kRdfs, "label"), term(kSchema, "name")}).ja;
  resource.description = node.text({term(kDct, "description"), term(kSchema, "description")}).ja;
  resource.mimetype = media_type_of(node.reference({term(kDcat, "mediaType")}));
  const bool has_type = resource.mimetype.find('/') != std::string::npos;
  resource.format =
      media_type_of(node.word({term(kDct, "format"), term(kSchema, "encodingFormat")}));
  if (resource.format.empty()) resource.format = resource.mimetype;
  if (!has_type) resource.mimetype.clear();
  resource.size = size_of(node.word({term(kDcat, "byteSize"), term(kSchema, "contentSize")}));
  resource.license_id =
      node.reference({term(kDct, "license"), term(kSchema, "license"), term(kCc, "license")});
  const auto time = [&node](std::string_view dct, std::string_view schema) {
    return core::parse_iso8601(node.word({term(kDct, dct), term(kSchema, schema)}));
  };
  resource.created = time("issued", "datePublished").value_or(core::Timestamp{});
  resource.last_modified = time("modified", "dateModified");
  read_checksum(node, resource);
  read_extras(node, resource);
  return resource;
}

}  // namespace minato::formats
