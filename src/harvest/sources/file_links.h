// The newest of the files that a page links.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "text/pattern.h"

namespace minato::harvest {

struct LinkedFile {
  std::string url;      // absolute
  std::string text;     // of the link; may be empty
  std::string edition;  // page/edition.h; may be empty
};

struct LinkChoice {
  const text::Pattern& pattern;   // has to be found in URL, file name or text of the link
  std::string_view organization;  // the 6-digit code, which is no date
};

// Of all links that fit the one with the newest edition in its file name, else in its text; of
// equal ones the first on the page, where publishers put the newest. `html` is UTF-8, `base` its
// address. Fails with kUpstream "harvest-file-no-match", or as Pattern and HtmlDocument do.
core::Result<LinkedFile> newest_link(std::string_view html, std::string_view base,
                                     const LinkChoice& choice);

}  // namespace minato::harvest
