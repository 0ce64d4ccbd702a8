// The replies of a CKAN portal's Action API, cut into records; ckan_record.h reads one of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::formats {

// What a listing tells of a dataset. Fields of a wrong type are empty.
struct RecordHead {
  std::string id;
  std::string name;
  std::string modified;  // metadata_modified
  std::string type;
  std::string state;
  bool is_private = false;
  std::vector<std::string> organizations;  // name, id and title of the one it belongs to
  std::vector<std::string> groups;         // names, ids and titles
  bool is_whole = false;                   // a dataset dict, not some fields of one
  std::string_view json;                   // the record, as it stands in the body
};

struct SearchPage {
  std::optional<std::int64_t> count;  // of all pages, as the remote says
  std::vector<RecordHead> records;    // views into the body
};

// package_search. Takes replies without `success`, without an envelope, and lists for `result`.
// Fails with kUpstream "harvest-remote-error" (the remote refuses, with its words) and
// "harvest-reply" (no such reply: HTML, something else), kInvalidArgument "json-syntax",
// "json-too-deep". The records themselves are not checked.
core::Result<SearchPage> read_search_page(std::string_view body);

// package_show: the record. Fails as read_search_page().
core::Result<std::string> read_show_reply(std::string_view body);

}  // namespace minato::formats
