#include "web/frame/page.h"

#include <array>
#include <utility>

#include "web/frame/assets.h"
#include "web/frame/templates.h"

namespace minato::web {
namespace {

// Nothing inline, nothing from elsewhere (but map tiles, where an operator names their origin);
// forms only to ourselves. Data blocks (JSON-LD) are no scripts to it.
std::string content_security_policy(const std::string& image_origin) {
  std::string policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
      "img-src 'self'";
  if (!image_origin.empty()) policy += " " + image_origin;
  return policy + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

struct NavigationLink {
  Section section;
  const char* path;
  const char* text;
};

constexpr std::array<NavigationLink, 5> kNavigation = {
    {{Section::kDatasets, "/dataset", "datasets"},
     {Section::kThemes, "/theme", "themes"},
     {Section::kOrganizations, "/organization", "organizations"},
     {Section::kDocs, "/docs", "site_developers"},
     {Section::kAbout, "/about", "nav_about"}}};

View navigation(const Page& page, const Visit& visit) {
  View links = list();
  for (const NavigationLink& link : kNavigation) {
    View item = object();
    put(item, "href", visit.link(link.path));
    put(item, "text", visit.texts[link.text]);
    put(item, "current", link.section == page.section);
    links.push_back(item);
  }
  return links;
}

View breadcrumbs(const Page& page) {
  View steps = list();
  for (const Breadcrumb& step : page.breadcrumbs) {
    View item = object();
    put(item, "text", step.text);
    put(item, "href", step.href);
    put(item, "lang", step.lang);
    steps.push_back(item);
  }
  return steps;
}

View assets(const std::vector<std::string>& names) {
  View paths = list();
  for (const std::string& name : names) {
    View item = object();
    put(item, "href", asset_path(name));
    paths.push_back(item);
  }
  return paths;
}

View alternates(const Page& page) {
  View links = list();
  for (const AlternateLink& alternate : page.alternates) {
    View link = object();
    put(link, "type", alternate.type);
    put(link, "href", alternate.href);
    put(link, "title", alternate.title);
    links.push_back(link);
  }
  return links;
}

// A text inside <script> ends at the first "</script>", whatever JSON thinks.
std::string inside_script(const std::string& json) {
  std::string out;
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

void put_addresses(View& view, const Page& page, const Visit& visit) {
  const bool japanese = visit.language == core::Language::kJa;
  const std::string english = page.path == "/" ? "/en" : "/en" + page.path;
  put(view, "site_url", visit.catalog.options().site_url);
  put(view, "canonical", visit.catalog.options().site_url + visit.link(page.path));
  put(view, "path_ja", page.path);
  put(view, "path_en", english);
  put(view, "other_path", (japanese ? english : page.path) + page.query);
  put(view, "home", visit.link("/"));
  put(view, "search_action", visit.link("/dataset"));
  put(view, "manage", visit.link("/manage"));
}

View frame_of(const Page& page, const Visit& visit) {
  const bool japanese = visit.language == core::Language::kJa;
  View view = object();
  put(view, "lang", japanese ? "ja" : "en");
  put(view, "other_lang", japanese ? "en" : "ja");
  put(view, "og_locale", japanese ? "ja_JP" : "en_GB");
  put(view, "prefix", japanese ? "" : "/en");
  put(view, "site_title", visit.catalog.options().site_title.in(visit.language));
  put(view, "page_title", page.title);
  put(view, "og_title",
      page.title.empty() ? visit.catalog.options().site_title.in(visit.language) : page.title);
  put(view, "description", page.description);
  put_addresses(view, page, visit);
  put(view, "noindex", !page.index);
  put(view, "navigation", navigation(page, visit));
  put(view, "has_breadcrumbs", !page.breadcrumbs.empty());
  put(view, "breadcrumbs", breadcrumbs(page));
  put(view, "site_search", page.site_search);
  put(view, "styles", assets(page.styles));
  put(view, "scripts", assets(page.scripts));
  put(view, "alternates", alternates(page));
  put(view, "json_ld", inside_script(page.json_ld));
  put(view, "site_css", asset_path("site.css"));
  put(view, "site_js", asset_path("site.js"));
  put(view, "icon", asset_path("icon.svg"));
  put(view, "preview", visit.catalog.options().site_url + asset_path("preview.png"));
  return view;
}

http::Response moved(const Page& page, const Visit& visit) {
  http::Response response;
  response.status = page.moved_for_good ? 301 : 303;
  response.headers.set("Location", visit.link(page.moved_to));
  return response;
}

std::string in_language(const std::string& path, core::Language language) {
  return language == core::Language::kJa ? path : "/en" + (path == "/" ? "" : path);
}

}  // namespace

std::string Visit::link(const std::string& path) const {
  const bool is_of_it = !previewed.empty() && path.starts_with(previewed) &&
                        (path.size() == previewed.size() ||
                         std::string_view("/?#").find(path[previewed.size()]) != std::string::npos);
  return in_language(is_of_it ? kPreview + path : path, language);
}

std::string Visit::data_link(const std::string& path) const {
  return previewed.empty() || path.empty() ? path : in_language(kPreview + path, language);
}

void put_text(View& view, const std::string& key, const core::LocalizedText& text,
              core::Language page) {
  const std::string& wanted = text.in(page);
  const bool other = wanted.empty();
  const bool japanese = page == core::Language::kJa;
  put(view, key, other ? text.in(japanese ? core::Language::kEn : core::Language::kJa) : wanted);
  put(view, key + "_lang", other && !text.empty() ? (japanese ? "en" : "ja") : "");
}

http::Response render(const Page& page, const Visit& visit) {
  if (!page.moved_to.empty()) return moved(page, visit);
  View content = page.view;
  put(content, "prefix", visit.language == core::Language::kJa ? "" : "/en");
  View frame = frame_of(page, visit);
  put(frame, "content", render_template(page.content, visit.language, content));

  http::Response response;
  response.status = page.status;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Content-Language", visit.language == core::Language::kJa ? "ja" : "en");
  response.headers.set("Content-Security-Policy", content_security_policy(page.image_origin));
  // What went wrong once, for one reader, is no answer for the next.
  if (page.status >= 400) response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "strict-origin-when-cross-origin");
  response.body = render_template("layout", visit.language, frame);
  return response;
}

}  // namespace minato::web
