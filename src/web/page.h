// One HTML page of the catalogue: what it shows, and the frame around it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/error.h"
#include "http/message.h"
#include "service/catalog.h"
#include "web/texts.h"
#include "web/view.h"

namespace minato::web {

// What a page is made from.
struct Visit {
  service::Catalog& catalog;
  const http::Request& request;
  core::Language language = core::Language::kJa;  // of the address, not of Accept-Language
  const Texts& texts;

  // "/dataset" as a link on pages of this language: "/en/dataset".
  [[nodiscard]] std::string link(const std::string& path) const {
    return language == core::Language::kJa ? path : "/en" + (path == "/" ? "" : path);
  }
};

struct AlternateLink {
  std::string type;
  std::string href;
};

struct Page {
  std::string content;  // name of its template, without extension
  std::string title;    // empty: the site's
  std::string path;     // canonical, without the language's prefix
  View view = object();
  std::vector<AlternateLink> alternates;  // the same for programs
  bool index = true;                      // false: search engines leave it out
  int status = 200;
  // Not empty: the page has moved to this path (without the language's prefix), and nothing else
  // counts.
  std::string moved_to = {};
};

using PageMaker = std::function<core::Result<Page>(const Visit&)>;

// The whole document with its headers (Content-Security-Policy, Content-Language).
http::Response render(const Page& page, const Visit& visit);

}  // namespace minato::web
