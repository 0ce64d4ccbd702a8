#include "web/catalogue/tags_page.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/url.h"
#include "text/fold.h"
#include "web/catalogue/dataset_count.h"
#include "web/catalogue/tag_initial.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::size_t kMostUsed = 30;
constexpr std::size_t kAllAtOnce = 400;  // more: one letter at a time
constexpr std::size_t kMaxShown = 600;   // of one letter or one search

using Tags = std::vector<const core::FacetValue*>;

View tag_links(const Tags& tags, const Visit& visit) {
  View links = list();
  for (std::size_t i = 0; i < std::min(tags.size(), kMaxShown); ++i) {
    View item = object();
    put_words(item, "text", tags[i]->value, visit.language);
    put(item, "href", visit.link("/dataset?tag=" + http::percent_encode(tags[i]->value)));
    put_count(item, tags[i]->count, visit.texts);
    links.push_back(item);
  }
  return links;
}

// "groups": every letter in use with its tags; when there are many, only those of the letter that
// is asked for.
void put_letters(View& view, const Tags& tags, const std::string& asked, const Visit& visit) {
  std::map<std::string_view, Tags> by_initial;
  for (const auto* tag : tags) by_initial[tag_initial(tag->value)].push_back(tag);
  const bool all = tags.size() <= kAllAtOnce;
  View letters = list();
  View groups = list();
  int number = 0;
  for (const std::string_view initial : tag_initials()) {
    const auto found = by_initial.find(initial);
    if (found == by_initial.end()) continue;
    const std::string name(initial);
    const std::string id = "letter-" + std::to_string(++number);
    View letter = object();
    put_words(letter, "text", name == "漢字" ? visit.texts["search_kanji"] : name, visit.language);
    put(letter, "href",
        all ? "#" + id : visit.link("/tag?initial=" + http::percent_encode(name)) + "#" + id);
    put(letter, "id", id);
    put(letter, "current", !all && name == asked);
    put(letter, "count", display_count(static_cast<std::int64_t>(found->second.size())));
    letters.push_back(letter);
    if (!all && name != asked) continue;
    put(letter, "tags", tag_links(found->second, visit));
    groups.push_back(letter);
  }
  put(view, "letters", letters);
  put(view, "groups", groups);
}

void put_search(View& view, const Tags& tags, const std::string& q, const Visit& visit) {
  const std::string folded = text::fold(q);
  Tags found;
  for (const auto* tag : tags) {
    if (text::fold(tag->value).find(folded) != std::string::npos) found.push_back(tag);
  }
  put(view, "found",
      visit.texts.with(
          "search_tags_found",
          {{"words", q}, {"count", display_count(static_cast<std::int64_t>(found.size()))}}));
  put(view, "matching", tag_links(found, visit));
}

std::string asked_for(const http::Request& request, const char* name) {
  const std::string* value = request.query_param(name);
  return value != nullptr ? value->substr(0, 300) : "";
}

}  // namespace

core::Result<Page> tags_page(const Visit& visit, FiguresCache& cache) {
  const auto figures = cache.get(visit);
  if (!figures) return tl::unexpected(figures.error());
  Tags tags;
  for (const core::FacetValue& tag : (*figures)->tags) tags.push_back(&tag);
  Page page;
  page.content = "tags";
  page.path = "/tag";
  page.title = visit.texts["search_tags"];
  page.description = visit.texts["search_tags_lede"];
  page.styles = {"catalogue.css"};
  const std::string q = asked_for(visit.request, "q");
  const std::string initial = asked_for(visit.request, "initial");
  page.index = q.empty() && initial.empty();
  if (!page.index) page.query = "?" + http::build_query(visit.request.query_params);
  put(page.view, "action", visit.link("/tag"));
  put(page.view, "q", q);
  put(page.view, "none", tags.empty());
  put(page.view, "searched", !q.empty());
  put(page.view, "count",
      visit.texts.with("search_tags_count",
                       {{"count", display_count(static_cast<std::int64_t>(tags.size()))}}));
  if (!q.empty()) {
    put_search(page.view, tags, q, visit);
  } else {
    const Tags most(tags.begin(),
                    tags.begin() + static_cast<std::ptrdiff_t>(std::min(kMostUsed, tags.size())));
    put(page.view, "most_used", tag_links(most, visit));
    put_letters(page.view, tags, initial, visit);
  }
  return page;
}

}  // namespace minato::web
