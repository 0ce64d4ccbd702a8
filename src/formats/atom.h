// Atom feeds (RFC 4287) of datasets, as CKAN's /feeds show them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/time.h"

namespace minato::formats {

inline constexpr std::int64_t kAtomPageSize = 20;

struct AtomFeed {
  std::string site_url;    // no slash at the end
  std::string site_title;  // the author
  std::string path;        // "/feeds/dataset.atom", without page
  std::string query;       // the query string without `page`, as in the URL; may be empty
  std::string alternate;   // path of the same as a page for people
  std::string title;
  std::string subtitle;
  std::int64_t page = 1;
  std::int64_t count = 0;                                       // datasets on all pages
  core::Timestamp updated;                                      // used when there is no entry
  const std::vector<core::DatasetPointer>* datasets = nullptr;  // of this page, newest first
};

// The whole document. Characters that XML 1.0 cannot hold are left out.
std::string write_atom(const AtomFeed& feed);

// Appends text escaped for XML content and attributes.
void append_xml(std::string& out, std::string_view text);

}  // namespace minato::formats
