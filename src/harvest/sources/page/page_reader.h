// One web page: its datasets with their files, and the pages it links.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "formats/remote/source_options.h"
#include "harvest/sources/page/content_area.h"
#include "harvest/sources/page/dataset_guess.h"
#include "harvest/sources/page/link_reader.h"

namespace minato::harvest {

// The options of a page source, compiled.
struct PageRules {
  AreaSelectors area;
  std::optional<CssSelector> dataset;
  std::optional<CssSelector> title;
  std::optional<CssSelector> description;
  std::optional<text::Pattern> file_pattern;
  DatasetsBy datasets_by = DatasetsBy::kAuto;
  std::string organization;

  // Fails with "harvest-selector", "harvest-pattern" or "harvest-options".
  static core::Result<PageRules> make(const formats::SourceOptions& options,
                                      std::string_view organization);
};

struct PageInput {
  std::string url;   // where it was found, after redirects
  std::string html;  // UTF-8
  bool is_detail_page = false;
};

struct PageDataset {
  std::string remote_id;
  core::Dataset dataset;  // as harvest/sources/source.h describes it
};

struct PageContents {
  static constexpr std::size_t kMaxFiles = 5'000;

  std::vector<PageDataset> datasets;
  std::vector<PageLink> pages;  // inside the content area; next pages from anywhere
  bool too_many_files = false;  // more than kMaxFiles; the first are there
};

// Fails as HtmlDocument::parse(), find_content_area() and the patterns do.
core::Result<PageContents> read_page(const PageInput& input, const PageRules& rules);

}  // namespace minato::harvest
