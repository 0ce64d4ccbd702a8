// One HTML page: what it shows, and the frame around it (templates/layout.mustache).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/error.h"
#include "http/message.h"
#include "service/catalog.h"
#include "web/frame/texts.h"
#include "web/frame/view.h"
#include "web/sources.h"

namespace minato::web {

// What a page is made from.
struct Visit {
  const WebSources& sources;
  service::Catalog& catalog;
  const http::Request& request;
  core::Language language = core::Language::kJa;  // of the address, not of Accept-Language
  const Texts& texts;
  // Not empty: the pages of this dataset ("/dataset/{name}") are shown to staff before the public
  // may see them, below kPreview.
  std::string previewed = {};

  // "/dataset" as a link on pages of this language: "/en/dataset".
  [[nodiscard]] std::string link(const std::string& path) const;
  // A file or an address for programs ("/api/v1/tables/...") of the dataset shown.
  [[nodiscard]] std::string data_link(const std::string& path) const;
};

// Where staff see the pages of a dataset that is not public: the public address follows.
inline constexpr const char* kPreview = "/manage/preview";

struct AlternateLink {
  std::string type;
  std::string href;
  std::string title = {};  // of feeds
};

// One step of "where am I"; the page itself is not among them.
struct Breadcrumb {
  std::string text;
  std::string href;
  std::string lang = {};  // when it is not the page's
};

// What the main navigation marks as the place one is in.
enum class Section { kNone, kDatasets, kOrganizations, kThemes, kHarvest, kDocs, kAbout, kManage };

struct Page {
  std::string content;  // name of its template, without extension
  std::string title;    // empty: the site's
  std::string path;     // canonical, without the language's prefix
  View view = object();
  std::vector<AlternateLink> alternates = {};  // the same for programs
  bool index = true;                           // false: search engines leave it out
  int status = 200;
  // Not empty: the page has moved to this path (without the language's prefix), and nothing else
  // counts.
  std::string moved_to = {};
  bool moved_for_good = true;  // false: only this time (an answered form)
  Section section = Section::kNone;
  bool site_search = true;                   // false: the page has a search box of its own
  std::vector<Breadcrumb> breadcrumbs = {};  // from the start page on, which is added
  std::string description = {};              // one line for search engines and link previews
  std::vector<std::string> styles = {};      // further style sheets: names in static/
  std::vector<std::string> scripts = {};     // further modules: names in static/
  std::string json_ld = {};                  // a finished JSON text (schema.org)
  std::string query = {};         // of the address ("?q=..."), for the link to the other language
  std::string image_origin = {};  // map tiles may be loaded from there; CSP img-src
};

using PageMaker = std::function<core::Result<Page>(const Visit&)>;

// One row of the table of pages. Each is served in Japanese, and below /en in English.
struct PageRow {
  const char* pattern;
  const char* operation;
  PageMaker make;
};

// The whole document with its headers (Content-Security-Policy, Content-Language).
http::Response render(const Page& page, const Visit& visit);

}  // namespace minato::web
