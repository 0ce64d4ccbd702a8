// A town's catalogue as it is shown: DCAT, the national list, web pages.
#pragma once

#include <string>

#include "support/pretend_prefecture/content.h"
#include "support/pretend_prefecture/town.h"

namespace minato::pretend {

// Pages of "/catalog.ttl" and "/catalog.jsonld", the first without a query, then "?page=2" ...
Files turtle_catalogue(const Town& town, const TownCatalogue& catalogue, const Change& change);
Files json_ld_catalogue(const Town& town, const TownCatalogue& catalogue, const Change& change);

// "/opendata/opendata_list.csv" or ".xlsx".
enum class ListEdition { kFirstCp932, kStandardBom, kStandardXlsx };
Files dataset_list(const Town& town, const TownCatalogue& catalogue, ListEdition edition,
                   const Change& change);

enum class Layout {
  kHeadings,    // a heading, a paragraph and a list of links for each dataset
  kTable,       // a row for each
  kLinks,       // a link for each
  kCategories,  // an index page, and below it pages with headings
  kItems,       // <div class="od-item">: needs selectors
};
struct PageStyle {
  Layout layout = Layout::kHeadings;
  const char* encoding = "UTF-8";  // "CP932", "EUC-JP"
  bool says_encoding = true;       // in the Content-Type; always in <meta>
};
// "/opendata/index.html" and what it links.
Files web_pages(const Town& town, const TownCatalogue& catalogue, const PageStyle& style);

// "/bosai/index.html": every edition of one file, the newest last but one. Gives also the files.
Files editions_page(const Town& town, const Change& change);
Expected editions_expected(const Town& town, const Change& change);

}  // namespace minato::pretend
