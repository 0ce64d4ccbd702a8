// The handful of datasets of a town without a CKAN, and their files.
#pragma once

#include <string>
#include <vector>

#include "support/pretend_prefecture/content.h"
#include "support/pretend_prefecture/table_files.h"

namespace minato::pretend {

// How the files are called, and what a new edition does to that.
enum class Naming {
  kPlain,  // aed.csv, for ever
  kEra,    // R7_aed.csv, then R8_aed.csv
  kMonth,  // aed202605.csv, then aed202606.csv
  kStamp,  // 20260401_aed.csv, then 20260501_aed.csv
  kPair,   // 080503(UTF-8).csv and 080503(Shift_JIS).csv, then 080603(...).csv
};

struct Town {
  std::string code;
  std::string city;
  std::string site_url;  // without a slash at its end
  std::size_t datasets = 5;
  Naming naming = Naming::kPlain;
  Form form = Form::kUtf8;    // of the files
  bool has_documents = true;  // some datasets have a PDF beside the table
};

struct TownCatalogue {
  std::vector<Dataset> datasets;
  Files files;  // the data files, by path
  [[nodiscard]] Expected expected() const;
};

TownCatalogue make_town(const Town& town, const Change& change);

// "（CSV：12KB）", as a CMS appends it to link texts; two files of one dataset tell their encoding.
std::string link_text(const Resource& resource);

}  // namespace minato::pretend
