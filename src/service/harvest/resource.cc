#include "service/harvest/resource.h"

#include <algorithm>
#include <cctype>

#include "core/names.h"
#include "service/harvest/extras.h"
#include "service/harvest/vocabulary.h"
#include "text/blanks.h"
#include "text/utf8.h"

namespace minato::service {

namespace {

// "https" of "https://..."; empty: a relative link or plain words.
std::string scheme_of(std::string_view url) {
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 20) return {};
  const std::string scheme = lower_ascii(url.substr(0, colon));
  const bool valid = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
  return valid ? scheme : std::string();
}

void line(std::string& text, Repairs& repairs, const char* what) {
  text = clean_text(text, TextShape::kLine);
  const std::string_view kept = first_code_points(text, core::kMaxTitleLength);
  if (kept.size() == text.size()) return;
  repairs.dropped(what, std::string_view(text).substr(kept.size()));
  text = text::trimmed(kept);
}

// The spelling in upper or lower case is no word of its own.
bool is_other_word(const std::string& raw, const std::string& normal) {
  return lower_ascii(raw) != lower_ascii(normal);
}

void choose_format(core::Resource& resource) {
  const std::string raw = clean_text(resource.format, TextShape::kLine);
  resource.format = read_format({raw, resource.mimetype, resource.url});
  if (is_other_word(raw, resource.format)) set_extra(resource.extras, "raw_format", raw);
}

void choose_license(core::Resource& resource) {
  const std::string raw = resource.license_id;
  resource.license_id = read_license(raw);
  if (resource.license_id != raw) set_extra(resource.extras, "raw_license", raw);
}

}  // namespace

bool clean_link(std::string& url) {
  url = clean_text(url, TextShape::kLine);
  const std::string scheme = scheme_of(url);
  const bool known = scheme.empty() || scheme == "http" || scheme == "https" || scheme == "ftp" ||
                     scheme == "ftps" || scheme == "mailto" || scheme == "urn";
  if (known && url.size() <= core::kMaxUrlBytes) return true;
  url.clear();
  return false;
}

void normalize_resource(core::Resource& resource, Repairs& repairs) {
  resource.dataset_id.clear();
  resource.state = core::State::kActive;
  resource.url_type.clear();
  resource.blob.clear();
  resource.cache_url.clear();
  resource.cache_last_updated.reset();
  resource.created = {};
  resource.metadata_modified = {};
  if (resource.size && *resource.size < 0) resource.size.reset();
  line(resource.name, repairs, "resource name");
  resource.description = clean_text(resource.description, TextShape::kText);
  if (resource.description.size() > core::kMaxTextBytes) {
    repairs.dropped("resource description", resource.name);
    resource.description = text::truncated(resource.description, core::kMaxTextBytes);
  }
  const std::string raw_url = resource.url;
  if (!clean_link(resource.url)) repairs.dropped("resource url", raw_url);
  line(resource.mimetype, repairs, "mimetype");
  line(resource.mimetype_inner, repairs, "mimetype_inner");
  line(resource.resource_type, repairs, "resource_type");
  line(resource.license_id, repairs, "license");
  clean_extras(resource.extras, repairs);
  // Ours is the SHA-256 of bytes that we hold.
  set_extra(resource.extras, "remote_hash", clean_text(resource.hash, TextShape::kLine));
  resource.hash.clear();
  choose_format(resource);
  choose_license(resource);
}

}  // namespace minato::service
