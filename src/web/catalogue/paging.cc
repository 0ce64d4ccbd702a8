#include "web/catalogue/paging.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "http/url.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::int64_t kMaxPage = 1'000'000;

// The first, the last and those around the present one.
std::set<std::int64_t> numbers_shown(std::int64_t page, std::int64_t last) {
  std::set<std::int64_t> numbers = {1, last};
  for (std::int64_t near = page - 2; near <= page + 2; ++near) {
    if (near >= 1 && near <= last) numbers.insert(near);
  }
  return numbers;
}

}  // namespace

std::string address(const std::string& path, const http::Params& params) {
  const std::string query = http::build_query(params);
  return query.empty() ? path : path + "?" + query;
}

std::int64_t Paging::last() const { return std::max<std::int64_t>(1, (count + size - 1) / size); }

std::int64_t page_number(const http::Request& request) {
  const std::string* text = request.query_param("page");
  if (text == nullptr) return 1;
  std::int64_t page = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, fault] = std::from_chars(text->data(), end, page);
  return fault == std::errc{} && stop == end && page >= 1 && page <= kMaxPage ? page : 1;
}

void put_paging(View& view, const Paging& paging, const Texts& texts) {
  const std::int64_t last = paging.last();
  const auto link = [&paging](std::int64_t page) {
    http::Params params = paging.params;
    if (page > 1) params.emplace_back("page", std::to_string(page));
    return address(paging.path, params);
  };
  put(view, "paged", last > 1 || paging.page > 1);
  put(view, "previous", paging.page > 1 ? link(std::min(paging.page - 1, last)) : "");
  put(view, "next", paging.page < last ? link(paging.page + 1) : "");
  put(view, "page_of",
      texts.with("page_of", {{"page", display_count(paging.page)}, {"last", display_count(last)}}));
  View pages = list();
  std::int64_t before = 0;
  for (const std::int64_t number : numbers_shown(paging.page, last)) {
    View item = object();
    put(item, "gap", number > before + 1);
    put(item, "number", display_count(number));
    put(item, "href", link(number));
    put(item, "current", number == paging.page);
    pages.push_back(item);
    before = number;
  }
  put(view, "pages", pages);
}

}  // namespace minato::web
