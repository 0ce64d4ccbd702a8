// The words of remote catalogues in our vocabularies. Each reads one raw field and gives what it
// names, or nothing when that is not told for sure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace minato::service {

// A licence id of ours: from an id, URL, title, or a sentence that names one. Empty: none.
std::string read_license(std::string_view raw);

struct RawFormat {
  std::string_view format;  // "SHP,CSV", "xlsx形式", ".csv", "text/csv", IRI of the EU authority
  std::string_view mimetype;
  std::string_view url;
};
// A format of ours; when none is recognised, the raw word as it is (CKAN's rule), so possibly
// empty. Of several formats in one field the one that the URL ends in, else the first.
std::string read_format(const RawFormat& raw);

// Codes of the themes in one raw field: "13", "行財政", "13 行財政", "教育・文化;観光", an EU IRI.
std::vector<std::string> read_themes(std::string_view raw);

// A code of core/vocabularies.h; empty: none. Also "毎月更新", "年1回程度", "R/P1M".
std::string read_frequency(std::string_view raw);

// BCP 47: from "ja", "日本語", "jpn" or an EU language IRI. Others come back as they are.
std::string read_language(std::string_view raw);

// "2024-04-01", "2024-04" or "2024", from ISO 8601 and from Japanese dates (令和6年4月). nullopt:
// none. Empty gives empty.
std::optional<std::string> read_date(std::string_view raw);

// A municipality code with its check digit, which is added when only five digits are given.
std::optional<std::string> read_municipality(std::string_view raw);

}  // namespace minato::service
