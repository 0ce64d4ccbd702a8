// Which datasets a page shows, guessed from its structure.
//
//  - A table whose rows each describe something and link files: a dataset per row. Rows that differ
//    by edition only (令和6年度, 令和5年度) go together.
//  - Else the innermost heading with files is a dataset. Headings that only say form, use or
//  edition
//    (CSV, ダウンロード, 令和6年度) belong to the one above.
//  - Under a heading that announces many datasets (オープンデータ一覧; 防災 with three names or
//    more), and where list items name things and link several forms of each: a dataset per name.
//  - What stands under no heading is one dataset with the page's title.
//  - A page found by following links is one dataset, unless it is a list of many itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "harvest/sources/page/content_area.h"
#include "harvest/sources/page/found_dataset.h"

namespace minato::harvest {

enum class DatasetsBy { kAuto, kHeading, kRow, kPage, kFile };
std::optional<DatasetsBy> find_datasets_by(std::string_view name);

struct GuessRequest {
  const HtmlDocument& document;
  const ContentArea& area;
  const FileLinks& files;  // inside the area
  std::string page_title;
  DatasetsBy datasets_by = DatasetsBy::kAuto;
  bool is_detail_page = false;  // found by following links
};

// In document order; each has at least one link. A link to the same URL is given once per dataset.
std::vector<FoundDataset> guess_datasets(const GuessRequest& request);

}  // namespace minato::harvest
