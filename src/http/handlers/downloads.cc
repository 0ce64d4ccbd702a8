#include "http/handlers/downloads.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "core/time.h"
#include "http/content_disposition.h"
#include "http/url.h"

namespace minato::http {
namespace {

constexpr std::size_t kSniffBytes = 16 * 1024;

// The prefix of a valid text may end inside its last character.
bool starts_as_utf8(std::string_view head) {
  for (std::size_t cut = 0; cut < 4 && cut <= head.size(); ++cut) {
    if (is_valid_utf8(head.substr(0, head.size() - cut))) return true;
  }
  return false;
}

// Charset is only promised where the bytes bear it out: many Japanese CSV files are CP932.
std::string content_type(const std::string& media_type, int fd) {
  if (media_type.empty()) return "application/octet-stream";
  const bool text = media_type.starts_with("text/") && media_type.find(';') == std::string::npos;
  if (!text) return media_type;
  std::array<char, kSniffBytes> head{};
  const ssize_t length = ::pread(fd, head.data(), head.size(), 0);
  if (length < 0) return media_type;
  const bool utf8 = starts_as_utf8({head.data(), static_cast<std::size_t>(length)});
  return utf8 ? media_type + "; charset=utf-8" : media_type;
}

// Bytes that may not stand in a header field or URI are percent-encoded; the rest stays as given.
std::string location_of(std::string_view url) {
  std::string out;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte > 0x20 && byte < 0x7F && std::strchr("\"<>\\^`{|}", c) == nullptr;
    out += plain ? std::string(1, c) : percent_encode(std::string_view(&c, 1));
  }
  return out;
}

Response redirect(const std::string& url) {
  Response response;
  response.status = 302;
  response.headers.set("Location", location_of(url));
  return response;
}

core::Result<Response> file_response(const service::Download& download, int fd) {
  auto file = std::make_shared<const FileDescriptor>(fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0) {
    return core::fail_internal("fstat of blob " + download.blob + ": " + std::strerror(errno));
  }
  Response response;
  response.headers.set("Content-Type", content_type(download.media_type, fd));
  response.headers.set("Content-Disposition", attachment(download.file_name));
  response.headers.set("ETag", "\"" + download.blob + "\"");
  response.headers.set("Last-Modified", core::to_http_date(download.modified));
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
  response.body = FileSlice{std::move(file), 0, static_cast<std::uint64_t>(status.st_size)};
  return response;
}

core::Result<Response> send_download(service::Catalog& catalog, const Request& request) {
  const std::string& resource_id = *request.path_param("rid");
  const std::string& dataset_id = *request.path_param("id");
  const auto found = catalog.resource_in(dataset_id, resource_id, request.caller);
  if (!found) return tl::unexpected(found.error());
  const auto download = catalog.download(resource_id, request.caller);
  if (!download) return tl::unexpected(download.error());
  if (download->blob.empty()) return redirect(download->redirect_url);
  return send_kept_file(catalog, *download);
}

}  // namespace

core::Result<Response> send_kept_file(service::Catalog& catalog,
                                      const service::Download& download) {
  const auto fd = catalog.open(download);
  if (!fd) return tl::unexpected(fd.error());
  return file_response(download, *fd);
}

std::vector<Route> download_routes(service::Catalog& catalog) {
  std::vector<Route> routes;
  const auto add = [&](const char* pattern, const char* operation) {
    Route route;
    route.method = "GET";
    route.pattern = pattern;
    route.operation = operation;
    route.handler = [&catalog](const Request& request) { return send_download(catalog, request); };
    route.errors = ErrorFormat::kHtml;
    route.cache = CacheRule::kFile;
    routes.push_back(std::move(route));
  };
  add("/dataset/{id}/resource/{rid}/download", "downloadResource");
  add("/dataset/{id}/resource/{rid}/download/{file...}", "downloadResourceFile");
  return routes;
}

}  // namespace minato::http
