// How to name a dataset as a source: a sentence, and BibTeX.
#pragma once

#include <string>

#include "core/error.h"
#include "core/time.h"

namespace minato::web {

struct CitedWork {
  std::string key;  // ASCII name: the key of BibTeX
  std::string title;
  std::string publisher;  // may be empty
  std::string site;
  std::string url;
  std::string version;  // may be empty
  std::string license;  // may be empty
  core::Timestamp issued;
};

// 「神奈川県「人口統計」見本カタログ、2024年5月1日更新、https://...」
std::string citation_text(const CitedWork& work, core::Language language);
// One @misc entry; characters that LaTeX reads as commands are escaped.
std::string citation_bibtex(const CitedWork& work);

}  // namespace minato::web
