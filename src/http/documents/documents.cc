#include "http/documents/documents.h"

#include <embedded/openapi.h>

#include <stdexcept>

namespace minato::http {

std::string_view openapi_json() { return openapi::file("openapi.json"); }

std::shared_ptr<const std::string> openapi_json(const std::string& site_url) {
  constexpr std::string_view kServer = "\"servers\":[{\"url\":\"/\"}]";
  std::string document(openapi_json());
  const std::size_t at = document.find(kServer);
  if (at == std::string::npos) throw std::logic_error("openapi.yaml lacks its server \"/\"");
  std::string server = "\"servers\":[{\"url\":\"";
  for (const char c : site_url) {
    if (c == '"' || c == '\\') server += '\\';
    server += c;
  }
  document.replace(at, kServer.size(), server + "\"}]");
  return std::make_shared<const std::string>(std::move(document));
}

}  // namespace minato::http
