#include "web/manage/request_origin.h"

#include <algorithm>
#include <string>

#include "http/url.h"

namespace minato::web {
namespace {

constexpr std::size_t kMaxTarget = 2'000;

// "https://data.example.jp:8443/x" -> "data.example.jp:8443".
std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#"));
}

// Visible ASCII without what browsers read as a slash.
bool is_plain(std::string_view target) {
  return std::all_of(target.begin(), target.end(),
                     [](char c) { return c > 0x20 && c < 0x7F && c != '\\'; });
}

}  // namespace

bool is_from_here(const http::Request& request, std::string_view site_url) {
  const http::Headers& headers = request.headers;
  const std::string* site = headers.find("Sec-Fetch-Site");
  if (site != nullptr && *site == "none") return true;  // typed, or of a bookmark
  const bool is_said = site != nullptr || headers.find("Origin") != nullptr;
  return !is_said || is_surely_from_here(request, site_url);
}

bool is_surely_from_here(const http::Request& request, std::string_view site_url) {
  if (const std::string* site = request.headers.find("Sec-Fetch-Site")) {
    return *site == "same-origin";
  }
  const std::string* origin = request.headers.find("Origin");
  if (origin == nullptr) return false;
  const std::string_view from = host_of(*origin);
  const std::string* host = request.headers.find("Host");
  return !from.empty() && (from == host_of(site_url) || (host != nullptr && from == *host));
}

tl::unexpected<core::Error> form_rejected() {
  return core::fail(
      core::ErrorCode::kPermissionDenied, "form-rejected",
      {"このフォームは古くなったか、別のサイトから送られたものです。何も変更していません。",
       "This form is out of date, or was sent by another site. Nothing was changed."},
      {"前の画面に戻って再読み込みし、もう一度送ってください。",
       "Go back, reload the page, and send it again."});
}

std::string safe_target(std::string_view wanted, core::Language language) {
  const std::string_view path = wanted.substr(0, wanted.find_first_of("?#"));
  const bool is_ours = http::is_below(path, "/manage") || http::is_below(path, "/en/manage");
  const bool is_safe = is_ours && wanted.size() <= kMaxTarget && is_plain(wanted) &&
                       path.find("//") == std::string_view::npos &&
                       path.find("/.") == std::string_view::npos;
  if (is_safe) return std::string(wanted);
  return language == core::Language::kJa ? "/manage" : "/en/manage";
}

}  // namespace minato::web
