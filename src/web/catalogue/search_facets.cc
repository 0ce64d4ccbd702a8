#include "web/catalogue/search_facets.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/url.h"
#include "web/catalogue/dataset_count.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::size_t kShown = 6;       // at once; the others behind "more"
constexpr std::size_t kFewMore = 2;     // so few are not worth hiding
constexpr std::size_t kMaxValues = 30;  // of one list, apart from those chosen

struct FacetList {
  const char* name;   // parameter
  const char* field;  // of the catalogue
  const char* heading;
  bool open;  // without being asked
};

constexpr std::array<FacetList, 7> kLists = {
    {{"organization", "organization", "facet_organization", true},
     {"theme", "theme", "facet_theme", true},
     {"tag", "tags", "facet_tag", true},
     {"format", "res_format", "facet_format", true},
     {"license", "license_id", "facet_license", false},
     {"frequency", "frequency", "facet_frequency", false},
     {"group", "groups", "facet_group", false}}};

struct Span {
  const char* text;
  int days;
};
constexpr std::array<Span, 3> kSpans = {
    {{"search_week", 7}, {"search_month", 30}, {"search_year", 365}}};

View value_view(const Param& param, const core::FacetValue& value, const http::Params& params,
                const Visit& visit) {
  View item = object();
  put(item, "id", "facet-" + param.first + "-" + http::percent_encode(param.second));
  put_words(item, "text", value.title.empty() ? value.value : value.title, visit.language);
  put_count(item, value.count, visit.texts);
  put(item, "selected", has(params, param));
  put(item, "href", search_link(toggled(params, param), visit));
  return item;
}

View list_view(const FacetList& which, const core::Facet& facet, const http::Params& params,
               const Visit& visit) {
  View shown = list();
  View more = list();
  const std::size_t at_once = facet.values.size() <= kShown + kFewMore ? kShown + kFewMore : kShown;
  std::size_t count = 0;
  bool any_chosen = false;
  for (const core::FacetValue& value : facet.values) {
    const Param param{which.name, value.value};
    const bool chosen = has(params, param);
    any_chosen = any_chosen || chosen;
    if (!chosen && count >= kMaxValues) continue;
    View item = value_view(param, value, params, visit);
    (chosen || count < at_once ? shown : more).push_back(item);
    ++count;
  }
  View view = object();
  put(view, "id", "facet-" + std::string(which.name));
  put(view, "heading", visit.texts[which.heading]);
  put(view, "has_values", count > 0);
  put(view, "open", which.open || any_chosen);
  put(view, "values", shown);
  put(view, "has_more", more.is_non_empty_list());
  put(view, "more", more);
  put(view, "more_text",
      more.is_non_empty_list()
          ? visit.texts.with("search_more", {{"count", std::to_string(more.list_value().size())}})
          : "");
  return view;
}

// What the list would count if nothing in it were chosen.
core::Result<core::Facet> counted_alone(const FacetList& which, const http::Params& params,
                                        const Visit& visit) {
  auto request = search_request(without_name(params, which.name));
  if (!request) return tl::unexpected(std::move(request).error());
  request->limit = 0;
  request->asked.clear();
  request->facets = {which.field};
  auto found = visit.catalog.search(*request, visit.language);
  if (!found) return tl::unexpected(std::move(found).error());
  return std::move(found->facets.front());
}

std::string day_before(core::Timestamp now, int days) {
  constexpr std::int64_t kHour = std::int64_t{3600} * 1'000'000;
  const std::int64_t there = now.us + 9 * kHour;  // Japan
  return core::to_rfc3339({there - days * 24 * kHour}).substr(0, 10);
}

core::Result<View> spans_view(const http::Params& params, const Visit& visit) {
  View values = list();
  bool any_chosen = false;
  for (const Span& span : kSpans) {
    const Param param{"modified_since", day_before(visit.catalog.now(), span.days)};
    const http::Params chosen = with(params, param);
    const auto count = count_of(chosen, visit);
    if (!count) return tl::unexpected(count.error());
    const bool selected = has(params, param);
    any_chosen = any_chosen || selected;
    if (*count == 0 && !selected) continue;
    View item = value_view(param, {param.second, visit.texts[span.text], *count}, params, visit);
    put(item, "href", search_link(selected ? without(params, param) : chosen, visit));
    values.push_back(item);
  }
  View view = object();
  put(view, "id", "facet-modified_since");
  put(view, "heading", visit.texts["search_updated"]);
  put(view, "has_values", values.is_non_empty_list());
  put(view, "open", any_chosen);
  put(view, "values", values);
  put(view, "has_more", false);
  return view;
}

}  // namespace

std::vector<std::string> facet_fields() {
  std::vector<std::string> fields;
  for (const FacetList& which : kLists) fields.emplace_back(which.field);
  return fields;
}

core::Result<void> put_facets(View& view, const core::SearchResult& found,
                              const http::Params& params, const Visit& visit) {
  View facets = list();
  for (std::size_t i = 0; i < kLists.size(); ++i) {
    const bool chosen = !value_of(params, kLists[i].name).empty();
    if (chosen) {
      const auto alone = counted_alone(kLists[i], params, visit);
      if (!alone) return tl::unexpected(alone.error());
      facets.push_back(list_view(kLists[i], *alone, params, visit));
    } else {
      facets.push_back(list_view(kLists[i], found.facets[i], params, visit));
    }
  }
  const auto spans = spans_view(params, visit);
  if (!spans) return tl::unexpected(spans.error());
  facets.push_back(*spans);
  put(view, "facets", facets);
  return {};
}

void put_chips(View& view, const http::Params& params, const service::Directory& directory,
               const Visit& visit) {
  static const std::array<std::pair<const char*, const char*>, 9> kLabels = {
      {{"organization", "facet_organization"},
       {"theme", "facet_theme"},
       {"tag", "facet_tag"},
       {"format", "facet_format"},
       {"license", "facet_license"},
       {"frequency", "facet_frequency"},
       {"group", "facet_group"},
       {"municipality", "facet_municipality"},
       {"modified_since", "search_updated"}}};
  View chips = list();
  for (const auto& param : params) {
    const auto* label = std::find_if(kLabels.begin(), kLabels.end(), [&param](const auto& each) {
      return each.first == param.first;
    });
    if (label == kLabels.end()) continue;
    View chip = object();
    put(chip, "name", param.first);
    put(chip, "value", param.second);
    put(chip, "label", visit.texts[label->second]);
    put_words(chip, "text", words_of(param, directory, visit), visit.language);
    put(chip, "href", search_link(without(params, param), visit));
    chips.push_back(chip);
  }
  put(view, "has_chips", chips.is_non_empty_list());
  put(view, "chips", chips);
  http::Params bare;
  for (const auto& param : params) {
    if (!is_filter(param.first)) bare.push_back(param);
  }
  put(view, "clear_href", search_link(bare, visit));
}

}  // namespace minato::web
