// HarvestSource::options: a JSON object, one set of keys for all kinds of source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/harvest.h"

namespace minato::formats {

struct SourceOptions {
  // --- every kind
  std::string robots_permission;     // who allowed what robots.txt forbids, and when; empty: nobody
  std::int64_t delay_ms = -1;        // between requests; -1: harvest.delay_ms
  bool rows = true;                  // fetch the files and load tables
  std::int64_t max_file_bytes = -1;  // -1: harvest.max_file_bytes
  std::string default_license;       // for datasets that name none: a licence of ours
  std::string default_frequency;
  std::vector<std::string> default_tags;
  std::vector<std::string> default_themes;
  std::vector<std::string> default_groups;  // names of groups of ours
  std::vector<std::pair<std::string, std::string>> default_extras;
  std::vector<std::string> keep_fields;  // JSON Pointers ("/title") the harvest never overwrites

  // --- ckan
  std::vector<std::string> organizations;  // only these (names or ids)
  std::vector<std::string> exclude_organizations;
  std::vector<std::string> groups;  // only datasets in one of these
  std::string api_key;              // sent raw in Authorization, to this host alone
  std::int64_t page_size = 200;
  bool force_all = false;  // never ask for changes only

  // --- page
  // CSS selectors (formats: type, .class, #id, [attr], [attr=value], [attr*=], [attr^=], [attr$=],
  // descendant and child combinators, comma lists).
  std::string content_selector;  // where to look; empty: <main>, #contents and the like, or body
  std::string exclude_selector;  // parts to pass over
  std::string dataset_selector;  // each match is one dataset; empty: guessed
  std::string title_selector;    // inside a dataset
  std::string description_selector;
  std::int64_t link_depth = 0;  // pages to follow from the first: 0 none, 1 those it links, ...
  std::string link_pattern;     // regular expression: which pages to follow
  std::string file_pattern;     // regular expression: which files to take; empty: data formats
  std::int64_t max_pages = 200;
  // "auto", "heading" (a dataset per heading), "row" (per table row), "page", "file"
  std::string datasets_by = "auto";

  // --- list, file
  std::string sheet;  // of a workbook; empty: the first table

  // --- file
  std::string pattern;  // regular expression over the links of `url`; the newest match is the file
  std::string title;
  std::string description;
  std::string landing_page;
  std::string remote_name;  // becomes the dataset's name after "{code}-"
  std::string license;
  std::string frequency;
  std::vector<std::string> themes;
};

// All keys, in the order of docs/harvesting.md.
std::vector<std::string_view> source_option_keys();

// Fails with kInvalidArgument "harvest-options" and one detail per bad field (JSON Pointer): not an
// object, unknown key (names the nearest), wrong type, a key of another kind, an expression or
// selector that cannot be read is found by the source itself.
core::Result<SourceOptions> parse_source_options(std::string_view json, core::SourceKind kind);

}  // namespace minato::formats
