#include "harvest/fetch/redirects.h"

#include <set>
#include <string>
#include <utility>

#include "harvest/fetch/fetch_errors.h"
#include "text/idna.h"

namespace minato::harvest {
namespace {

// The same site over TLS counts as the same host; from TLS to plain text it does not.
bool is_same_host(const core::Url& first, const core::Url& url) {
  if (first.origin() == url.origin()) return true;
  return first.host == url.host && first.scheme == "http" && url.scheme == "https" &&
         first.has_default_port() && url.has_default_port();
}

}  // namespace

core::Result<core::Url> fetchable_url(const std::string& text) {
  std::optional<core::Url> url = core::parse_url(text);
  if (!url) {
    return tl::unexpected(
        url_error(text, {"http か https の URL ではありません。", "It is no http or https URL."}));
  }
  if (!url->user_info.empty()) {
    url->user_info = "***";
    return tl::unexpected(
        url_error(url->to_string(), {"利用者名やパスワードを含む URL は使えません。",
                                     "URLs with a user name or password are not used."}));
  }
  std::optional<std::string> host = text::to_ascii_host(url->host);
  if (!host) {
    return tl::unexpected(
        url_error(text, {"ホスト名が正しくありません。", "Its host name is malformed."}));
  }
  url->host = std::move(*host);
  url->fragment.reset();
  return std::move(*url);
}

core::Result<Arrival> follow_redirects(core::Url url, int max_redirects, const VisitHop& visit) {
  const core::Url first = url;
  std::set<std::string> visited;
  for (int hop = 0;; ++hop) {
    visited.insert(url.to_string());
    auto reply = visit(url, is_same_host(first, url));
    if (!reply) return tl::unexpected(std::move(reply.error()));
    if (!reply->head.is_redirect()) return Arrival{std::move(url), std::move(*reply)};
    if (hop == max_redirects) {
      return tl::unexpected(redirect_error(
          first.to_string(), {"転送が " + std::to_string(max_redirects) + " 回を超えました。",
                              "There are more than " + std::to_string(max_redirects) + "."}));
    }
    const auto target =
        core::resolve_url(url.to_string(), reply->head.find("location")).value_or("");
    auto next = fetchable_url(target);
    if (!next) {
      return tl::unexpected(redirect_error(
          url.to_string(), {"転送先が http か https の URL ではありません。",
                            "The next one leads to no http or https URL that can be fetched."}));
    }
    if (visited.contains(next->to_string())) {
      return tl::unexpected(
          redirect_error(first.to_string(), {"転送が循環しています。", "They run in a circle."}));
    }
    url = std::move(*next);
  }
}

}  // namespace minato::harvest
