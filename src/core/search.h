// A search of the catalogue: what is asked, and what comes back. Parsers (CKAN's query language,
// our own parameters, a search box) produce a SearchRequest; stores answer it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/time.h"

namespace minato::core {

// One end of a range; no value means open ("*").
struct Bound {
  std::optional<std::string> value;
  bool inclusive = true;
};

// A boolean expression over fields. Field names are CKAN's (1.9 of its contract): "title", "tags",
// "organization", "res_format", "metadata_modified", "extras_<key>"...; the empty name is the whole
// text.
struct SearchExpr {
  enum class Kind {
    kAll,       // *:*
    kAnd,       // children, at least one
    kOr,        // children, at least one
    kNot,       // one child
    kText,      // analysed text in `field`: `value` as a phrase
    kPrefix,    // `value` begins a word (text fields) or the value (string fields)
    kWildcard,  // `value` with * and ? (no other escapes)
    kEqual,     // the field holds exactly `value`
    kRange,     // between `low` and `high`
    kExists,    // the field has any value
  };
  Kind kind = Kind::kAll;
  std::string field;
  std::string value;
  Bound low;
  Bound high;
  std::vector<SearchExpr> children;
};

struct SortKey {
  std::string
      field;  // name, title_string, score, metadata_modified, metadata_created, id, views_recent
  bool descending = false;
};

// Who looks: decides which private, draft and deleted datasets are seen, as auth::may_read() does
// for one dataset. Members see private ones, editors drafts and deleted ones, creators their
// drafts.
struct Visibility {
  bool sysadmin = false;
  std::string user_id;
  std::vector<std::string> member_of;  // organization ids
  std::vector<std::string> editor_of;  // those of them whose datasets they may change
  bool include_private = false;
  bool include_drafts = false;
  bool include_deleted = false;
};

struct SearchRequest {
  std::optional<SearchExpr> query;  // scored
  std::vector<SearchExpr> filters;  // AND, not scored
  std::vector<SortKey> sort;        // empty: score desc, metadata_modified desc; ties always by id
  std::int64_t offset = 0;
  std::int64_t limit = 10;          // 0: only count and facets
  std::vector<std::string> facets;  // field names
  std::int64_t facet_limit = 50;    // values per field, most frequent first; negative: all
  std::int64_t facet_min_count = 1;
  Visibility visibility;
  std::string asked;  // the text as the user typed it, for the count of searches without a hit
};

struct FacetValue {
  std::string value;
  std::string title;  // for people: organization title, licence title, theme name; else the value
  std::int64_t count = 0;
};

struct Facet {
  std::string field;
  std::vector<FacetValue> values;  // by count desc, then value
};

struct SearchResult {
  std::int64_t count = 0;
  std::vector<DatasetPointer> datasets;  // none is null
  std::vector<double> scores;            // one per dataset; empty when nothing was scored
  std::vector<Facet> facets;             // one per SearchRequest::facets, same order
};

}  // namespace minato::core
