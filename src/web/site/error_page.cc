#include <algorithm>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/nearest.h"
#include "formats/ckan_query.h"
#include "http/url.h"
#include "text/fold.h"
#include "web/catalogue/dataset_view.h"
#include "web/frame/display.h"
#include "web/frame/page.h"
#include "web/site/about_pages.h"
#include "web/site/group_view.h"
#include "web/web_routes.h"

namespace minato::web {
namespace {

constexpr std::int64_t kSuggestions = 5;
constexpr std::size_t kLongestWords = 100;  // bytes of an address that are searched for

bool is_below(std::string_view path, std::string_view place) {
  return path == place || (path.starts_with(place) && path[place.size()] == '/');
}

// Files, feeds and APIs have one address for both languages: there the reader's choice counts.
core::Language language_of(std::string_view path, core::Language preferred) {
  if (is_below(path, "/en")) return core::Language::kEn;
  const bool for_programs = path.empty() || is_below(path, "/api") || is_below(path, "/feeds") ||
                            is_below(path, "/datastore") ||
                            path.find("/download") != std::string_view::npos;
  return for_programs ? preferred : core::Language::kJa;
}

const std::string& title_of_status(int status, const Texts& texts) {
  switch (status) {
    case 400:
      return texts["err_bad_request"];
    case 401:
      return texts["err_sign_in"];
    case 403:
      return texts["err_not_allowed"];
    case 404:
      return texts["err_not_found"];
    case 405:
      return texts["err_wrong_method"];
    case 409:
    case 412:
      return texts["err_conflict"];
    case 410:
      return texts["err_gone"];
    case 413:
    case 414:
    case 431:
      return texts["err_too_large"];
    case 429:
      return texts["err_too_many"];
    case 502:
    case 503:
    case 504:
      return texts["err_unavailable"];
    default:
      return texts[status >= 500 ? "err_our_fault" : "err_other"];
  }
}

// The last words of an address, as somebody would type them: "aed-map" of "/dataset/aed-map".
std::string words_of(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  std::string words(slash == std::string_view::npos ? path : path.substr(slash + 1));
  if (words.size() > kLongestWords) return "";
  for (const char* end : {".html", ".htm", ".php", ".json", ".csv"}) {
    if (words.ends_with(end)) words.resize(words.size() - std::string_view(end).size());
  }
  for (char& c : words) {
    if (c == '-' || c == '_' || c == '.' || c == '+') c = ' ';
  }
  return words == "en" ? "" : words;
}

void add(View& suggestions, const core::LocalizedText& title, const std::string& href,
         core::Language language) {
  View item = object();
  put_text(item, "title", title, language);
  put(item, "href", href);
  suggestions.push_back(item);
}

// "yokohama" of "Yokohama City", as the domains of municipalities have it.
bool is_first_word(const std::string& title, std::string_view word) {
  const std::size_t end = std::min(title.find(' '), title.size());
  return end == word.size() && text::fold(title.substr(0, end)) == text::fold(word);
}

// Names that differ by a slip of the fingers, and names in letters.
void suggest_groups(View& suggestions, const std::string& name, const Visit& visit) {
  const auto directory = visit.catalog.directory();
  if (!directory) return;
  for (const core::GroupKind kind : {core::GroupKind::kOrganization, core::GroupKind::kGroup}) {
    std::vector<std::string_view> names;
    for (const core::Group& group : (*directory)->groups(kind)) {
      names.push_back(group.name);
      if (group.title != name && group.title_en != name && !is_first_word(group.title_en, name)) {
        continue;
      }
      add(suggestions, {group.title, group.title_en}, visit.link(group_path(group)),
          visit.language);
    }
    const std::string near = core::nearest(name, names);
    const core::Group* group = near.empty() ? nullptr : (*directory)->find(kind, near);
    if (group == nullptr) continue;
    add(suggestions, {group->title, group->title_en}, visit.link(group_path(*group)),
        visit.language);
  }
}

// Datasets that hold any of the words.
void suggest_datasets(View& suggestions, const std::string& words, const Visit& visit) {
  core::SearchExpr any = formats::parse_search_box(words);
  if (any.kind == core::SearchExpr::Kind::kAll) return;
  if (any.kind == core::SearchExpr::Kind::kAnd) any.kind = core::SearchExpr::Kind::kOr;
  core::SearchRequest search;
  search.query = std::move(any);
  search.limit = kSuggestions;
  const auto found = visit.catalog.search(search, visit.language);
  if (!found) return;
  for (const auto& dataset : found->datasets) {
    add(suggestions, title_of(*dataset),
        visit.link("/dataset/" + http::percent_encode(dataset->name)), visit.language);
  }
}

// Only for what was not found: the other errors say all there is to say, and a store in trouble is
// left alone.
View suggestions_for(std::string_view path, const Visit& visit) {
  View suggestions = list();
  const std::string words = words_of(path);
  if (words.empty()) return suggestions;
  suggest_groups(suggestions, words, visit);
  // Two letters stand in everything; two kanji are a word.
  constexpr std::size_t kShortestWords = 3;
  if (words.size() >= kShortestWords) suggest_datasets(suggestions, words, visit);
  return suggestions;
}

View details_of(const core::Error& error, core::Language language) {
  View details = list();
  for (const core::ErrorDetail& detail : error.details) {
    View item = object();
    put(item, "param", detail.param);
    put(item, "message", detail.message.in(language));
    put(item, "position", detail.position);
    put(item, "hint", detail.hint.in(language));
    details.push_back(item);
  }
  return details;
}

// Sessions end, and files are too large, for people who sent a form: they are told in its words.
void tell_staff(View& view, int status, const Visit& visit) {
  const std::string& path = visit.request.path;
  if (!is_below(path, "/manage") && !is_below(path, "/en/manage")) return;
  if (status == 401) {
    put(view, "message", visit.texts["err_staff_signed_out"]);
    put(view, "hint", visit.texts["err_staff_sign_in"]);
  } else if (status == 413) {
    const std::int64_t most = visit.sources.uploads.options().max_bytes;
    put(view, "message", visit.texts["err_staff_too_large"]);
    put(view, "hint", visit.texts.with("manage_upload_limit", {{"size", display_size(most)}}));
    put(view, "has_details", false);
  }
}

void put_error(View& view, const core::Error& error, int status, const Visit& visit) {
  put(view, "heading", title_of_status(status, visit.texts));
  put(view, "status", std::to_string(status));
  put(view, "message", error.message.in(visit.language));
  // Who has to wait is told so below, not of headers.
  const bool must_wait = status == 429 || status == 503;
  put(view, "hint", must_wait ? "" : error.hint.in(visit.language));
  put(view, "has_details", !error.details.empty());
  put(view, "details", details_of(error, visit.language));
  tell_staff(view, status, visit);
  put(view, "sign_in", status == 401 || status == 403);
  put(view, "manage", visit.link("/manage"));
  put(view, "wait", must_wait);
  put(view, "ours", status >= 500);
  put(view, "home", visit.link("/"));
  put(view, "search_action", visit.link("/dataset"));
  put(view, "lost", status == 404 || status == 410);
  put_site_contact(view, visit);
}

// The path without the language's prefix, for the link to the same page in the other language.
std::string canonical_path(std::string_view path) {
  if (is_below(path, "/en")) path.remove_prefix(3);
  return path.starts_with('/') ? std::string(path) : "/";
}

http::Response rendered(const core::Error& error, const http::ErrorContext& context,
                        std::string_view path, const WebSources& sources) {
  http::Request request;
  request.method = "GET";
  request.path = std::string(path);
  request.id = std::string(context.request_id);
  const core::Language language = language_of(path, context.language);
  const Visit visit{sources, sources.catalog, request, language, Texts::in(language)};
  const int status = context.status != 0 ? context.status : http::status_of(error.code);
  Page page;
  page.content = "error";
  page.status = status;
  page.index = false;
  page.path = canonical_path(path);
  page.title = title_of_status(status, visit.texts);
  page.site_search = status != 404 && status != 410;  // the page has the box itself
  page.styles = {"docs.css"};
  put_error(page.view, error, status, visit);
  const std::string words = status == 404 ? words_of(path) : std::string();
  View suggestions = status == 404 ? suggestions_for(path, visit) : list();
  put(page.view, "q", words);
  put(page.view, "has_suggestions", !suggestions.is_empty_list());
  put(page.view, "suggestions", suggestions);
  put(page.view, "request_id", request.id);
  return render(page, visit);
}

}  // namespace

http::Response error_page(const core::Error& error, const http::ErrorContext& context,
                          std::string_view path, const WebSources& sources) {
  // An error while telling an error would leave the reader with nothing.
  try {
    return rendered(error, context, path, sources);
  } catch (const std::exception&) {
    http::ErrorContext plain = context;
    plain.format = http::ErrorFormat::kHtml;
    plain.language = language_of(path, context.language);
    return http::encode_html(error, plain);
  }
}

}  // namespace minato::web
