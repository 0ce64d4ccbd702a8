// Lists split into pages, and the links between them (paging.mustache).
#pragma once

#include <cstdint>
#include <string>

#include "http/message.h"
#include "web/frame/page.h"

namespace minato::web {

// The links of a list split into pages of `size`; `path` already has its language's prefix.
struct Paging {
  std::int64_t page = 1;
  std::int64_t size = 20;
  std::int64_t count = 0;
  std::string path;
  http::Params params;  // without `page`

  // At least 1.
  [[nodiscard]] std::int64_t last() const;
};
void put_paging(View& view, const Paging& paging, const Texts& texts);
// 1 when `page` is missing or no number of a page.
std::int64_t page_number(const http::Request& request);

// "/dataset?q=AED&page=2"; just the path without parameters.
std::string address(const std::string& path, const http::Params& params);

}  // namespace minato::web
