#include "web/table/row_pager.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::int64_t kMaxSkipped = 100'000;
constexpr std::int64_t kAround = 2;

View page_link(const TableVisit& visit, std::int64_t page) {
  View link = object();
  put(link, "number", display_count(page));
  put(link, "href", visit.link(visit.state.with("page", std::to_string(page))));
  put(link, "current", page == visit.state.page());
  put(link, "gap", false);
  return link;
}

View gap() {
  View link = object();
  put(link, "gap", true);
  put(link, "number", "");
  put(link, "current", false);
  return link;
}

std::int64_t last_page(const TableVisit& visit, const RowsBehind& behind) {
  const std::int64_t size = visit.state.page_size();
  const std::int64_t shown = visit.state.page() + (behind.has_more ? 1 : 0);
  const std::int64_t counted = (behind.count.value + size - 1) / size;
  return std::min(std::max(shown, counted), kMaxSkipped / size + 1);
}

}  // namespace

bool is_too_far(const TableState& state) {
  return state.page() > kMaxSkipped / state.page_size() + 1;
}

void put_pager(View& view, const TableVisit& visit, const RowsBehind& behind) {
  const std::int64_t page = visit.state.page();
  const std::int64_t last = last_page(visit, behind);
  if (last <= 1) return put(view, "pager", false);
  std::set<std::int64_t> pages = {1, last};
  for (std::int64_t near = page - kAround; near <= page + kAround; ++near) {
    if (near >= 1 && near <= last) pages.insert(near);
  }
  View links = list();
  std::int64_t before = 0;
  for (const std::int64_t number : pages) {
    if (number > before + 1) links.push_back(gap());
    links.push_back(page_link(visit, number));
    before = number;
  }
  View pager = object();
  const auto link = [&](std::int64_t number) {
    return visit.link(visit.state.with("page", std::to_string(number)));
  };
  put(pager, "previous", page > 1 ? link(page - 1) : "");
  put(pager, "next", page < last && behind.has_more ? link(page + 1) : "");
  pager["links"] = std::move(links);
  view["pager"] = std::move(pager);
}

ViewPart too_far_view(const TableVisit& visit) {
  ViewPart part;
  put(part.view, "result",
      visit.texts().with("table_too_far", {{"count", display_count(kMaxSkipped)}}));
  put(part.view, "has_rows", false);
  put(part.view, "behind_the_end", true);
  put(part.view, "first_page", visit.link(visit.state.with("page", "")));
  put(part.view, "is_sorted", false);
  put(part.view, "pager", false);
  put(part.view, "chooser", false);
  return part;
}

}  // namespace minato::web
