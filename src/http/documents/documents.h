// Documents of the API that are part of the program.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace minato::http {

// api/openapi.yaml as JSON.
std::string_view openapi_json();
// The same, its server replaced by `site_url` ("https://data.example.jp").
std::shared_ptr<const std::string> openapi_json(const std::string& site_url);

}  // namespace minato::http
