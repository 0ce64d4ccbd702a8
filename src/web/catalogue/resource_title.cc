#include "web/catalogue/resource_title.h"

#include <string_view>

#include "http/url.h"

namespace minato::web {
namespace {

// The last part of an address, when it looks like a file's ("list.csv"). Addresses of programs
// ("download?id=1") say nothing.
std::string file_of(std::string_view url) {
  const auto host = url.find("://");
  if (host == std::string_view::npos || url.find_first_of("?#") != std::string_view::npos)
    return {};
  const std::string_view path = url.substr(host + 3);
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view last = path.substr(slash + 1);
  const auto dot = last.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  auto name = http::percent_decode(last);
  return name ? *std::move(name) : std::string();
}

}  // namespace

std::string resource_title(const core::Resource& resource, const Texts& texts) {
  if (!resource.name.empty()) return resource.name;
  std::string file = resource.url_type == "upload" ? resource.url : file_of(resource.url);
  return file.empty() ? texts["unnamed_resource"] : file;
}

}  // namespace minato::web
