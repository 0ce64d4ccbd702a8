#include "http/conditional.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "http/field_list.h"

namespace minato::http {
namespace {

std::string_view strip_weak(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

bool same_tag(std::string_view listed, std::string_view etag, bool weak) {
  if (weak) return strip_weak(listed) == strip_weak(etag);
  return listed == etag && !etag.starts_with("W/");
}

std::optional<core::Timestamp> date_field(const Headers& headers, std::string_view name) {
  const std::string* value = headers.find(name);
  return value == nullptr ? std::nullopt : core::parse_http_date(*value);
}

// HTTP dates have whole seconds; our times have microseconds.
std::int64_t seconds(core::Timestamp time) { return time.us / 1'000'000; }

bool is_read(std::string_view method) { return method == "GET" || method == "HEAD"; }

bool kept_in_not_modified(std::string_view name) {
  for (const std::string_view dropped :
       {"Content-Type", "Content-Encoding", "Content-Language", "Content-Range",
        "Content-Disposition", "Content-Security-Policy", "Accept-Ranges", "Last-Modified"}) {
    if (equals_ignoring_case(name, dropped)) return false;
  }
  return true;
}

}  // namespace

Validators validators_of(const Headers& headers) {
  Validators validators;
  if (const std::string* etag = headers.find("ETag")) validators.etag = *etag;
  validators.last_modified = date_field(headers, "Last-Modified");
  return validators;
}

Precondition evaluate_preconditions(const Request& request, const Validators& validators) {
  const Headers& headers = request.headers;
  if (headers.find("If-Match") != nullptr) {
    const std::string list = headers.joined("If-Match");
    if (!etag_matches(list, validators.etag, false)) return Precondition::kFailed;
  } else if (const auto limit = date_field(headers, "If-Unmodified-Since");
             limit && validators.last_modified) {
    if (seconds(*validators.last_modified) > seconds(*limit)) return Precondition::kFailed;
  }
  if (headers.find("If-None-Match") != nullptr) {
    if (!etag_matches(headers.joined("If-None-Match"), validators.etag, true)) {
      return Precondition::kProceed;
    }
    return is_read(request.method) ? Precondition::kNotModified : Precondition::kFailed;
  }
  if (const auto since = date_field(headers, "If-Modified-Since");
      since && validators.last_modified && is_read(request.method)) {
    if (seconds(*validators.last_modified) <= seconds(*since)) return Precondition::kNotModified;
  }
  return Precondition::kProceed;
}

bool etag_matches(std::string_view list, std::string_view etag, bool weak) {
  if (trim_blanks(list) == "*") return true;
  if (etag.empty()) return false;
  std::size_t at = 0;
  while (at < list.size()) {
    // A tag may hold commas, so members are read by their quotes.
    const std::size_t start = list.find_first_not_of(" \t,", at);
    if (start == std::string_view::npos) return false;
    const std::size_t open = list.substr(start).starts_with("W/") ? start + 2 : start;
    if (open >= list.size() || list[open] != '"') return false;
    const std::size_t close = list.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (same_tag(list.substr(start, close + 1 - start), etag, weak)) return true;
    at = close + 1;
  }
  return false;
}

std::string strong_etag(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  std::string etag = "\"";
  for (std::size_t i = 0; i < 16; ++i) {
    etag += kHex[digest[i] >> 4];
    etag += kHex[digest[i] & 15];
  }
  return etag + "\"";
}

std::string etag_in_coding(std::string_view etag, Coding coding) {
  if (coding == Coding::kIdentity || !etag.ends_with('"')) return std::string(etag);
  std::string out(etag.substr(0, etag.size() - 1));
  return out.append("-").append(coding_name(coding)).append("\"");
}

void make_not_modified(Response& response) {
  response.status = 304;
  response.body = std::string();
  // An ETag is enough to choose the stored reply; without one Last-Modified must do.
  const bool has_etag = response.headers.find("ETag") != nullptr;
  Headers kept;
  for (const auto& [name, value] : response.headers.all()) {
    const bool date = !has_etag && equals_ignoring_case(name, "Last-Modified");
    if (date || kept_in_not_modified(name)) kept.add(name, value);
  }
  response.headers = std::move(kept);
}

}  // namespace minato::http
