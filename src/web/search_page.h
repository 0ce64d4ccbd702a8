// /dataset: search results with facets as links and pages by number.
#pragma once

#include <cstdint>
#include <string>

#include "http/message.h"
#include "web/page.h"

namespace minato::web {

// Parameters are those of /api/v1/datasets, CKAN's names for the same (tags, res_format,
// license_id, groups) and `page`. Others are ignored: people's links carry marks of mail and
// advertising systems.
core::Result<Page> search_page(const Visit& visit);

// The links of a list split into pages of `size`; `path` already has its language's prefix.
struct Paging {
  std::int64_t page = 1;
  std::int64_t size = 20;
  std::int64_t count = 0;
  std::string path;
  http::Params params;  // without `page`
};
void put_paging(View& view, const Paging& paging, const Texts& texts);
// 1 when `page` is missing or no number of a page.
std::int64_t page_number(const http::Request& request);

}  // namespace minato::web
