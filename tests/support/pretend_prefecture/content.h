// What a pretend publisher has: datasets, files, and what a harvest of it must give.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace minato::pretend {

struct File {
  std::string bytes;
  std::string content_type;
  std::string modified;    // HTTP date
  std::int64_t rows = -1;  // of the table in it; -1: none
};

struct Resource {
  std::string id;
  std::string name;
  std::string url;
  std::string format;
  std::string mimetype;     // empty: null
  std::string license;      // empty: not said
  std::int64_t size = -1;   // -1: null
  std::string modified;     // ISO, empty: null
  std::int64_t rows = -1;   // of the table behind the URL; -1: none
  bool is_useless = false;  // looks like data, but has no rows: 404, or a page
};

struct License {
  std::optional<std::string> id;
  std::string title;
  std::string url;
};

struct Dataset {
  std::string id;
  std::string name;
  std::string title;
  std::string notes;
  std::string url;
  std::string organization;
  std::string created;   // ISO with microseconds
  std::string modified;  // ditto
  std::string frequency;
  std::string theme;
  License license;
  std::vector<std::string> tags;
  std::vector<std::pair<std::string, std::string>> extras;
  std::vector<Resource> resources;
};

struct ExpectedTable {
  std::string url;
  std::int64_t rows = 0;
};

struct ExpectedDataset {
  std::string name;  // of the remote; may be empty
  std::string title;
  std::int64_t resources = 0;
  std::vector<ExpectedTable> tables;
};

struct Expected {
  std::vector<ExpectedDataset> datasets;
  std::int64_t resources = 0;
  std::int64_t tables = 0;
  std::int64_t rows = 0;
  std::int64_t useless_links = 0;

  void add(const Dataset& dataset) {
    ExpectedDataset& one = datasets.emplace_back();
    one.name = dataset.name;
    one.title = dataset.title;
    one.resources = static_cast<std::int64_t>(dataset.resources.size());
    resources += one.resources;
    for (const Resource& resource : dataset.resources) {
      useless_links += resource.is_useless ? 1 : 0;
      if (resource.rows < 0) continue;
      one.tables.push_back({resource.url, resource.rows});
      ++tables;
      rows += resource.rows;
    }
  }
};

// By path and query, as asked for.
using Files = std::map<std::string, File>;

// What happened to a site since it was first harvested. Anything but the defaults is a later state.
struct Change {
  int edition = 1;             // each edition updates, adds and removes a few datasets
  std::string at;              // ISO time without zone (UTC) of that update
  bool new_ids = false;        // other identifiers, the same landing pages
  bool renamed_files = false;  // every file has another edition in its name, and one more row
  bool third_gone = false;     // every third dataset has vanished
  bool has_bad_record = false;
};

}  // namespace minato::pretend
