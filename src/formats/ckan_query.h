// CKAN's query language (Solr's, as its clients really use it) and simpler texts, as search
// expressions.
//
//   query  := clause+                           side by side means AND
//   clause := ['+'|'-'|'!'|NOT] ( [field ':'] value | '(' query ')' | '*:*' ) ['^' boost]
//   value  := term | "phrase" ['~' n] | wild* | te?t | '[' a TO b ']' | '{' a TO b '}' | '(' values
//   ')' | '*'
//
// AND (&&) binds tighter than OR (||), which binds tighter than standing side by side:
// "a:1 OR a:2 b:3" is "(a:1 OR a:2) AND b:3", which is what harvesters mean by it. Boosts and
// phrase slop are read and ignored; fuzzy terms (word~) and local parameters ({!...}) are refused.
// Fields are those of core/search_fields.h, already canonical in the result; dates in it are
// to_ckan_time() texts.
//
// Limits: 8 KB, 32 levels of parentheses, 200 clauses. A wrong query fails with kInvalidArgument
// "search-syntax" (Solr's 409 Search Error at the CKAN API); its one detail tells the byte and the
// cure.
#pragma once

#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/search.h"
#include "core/time.h"

namespace minato::formats {

// The language itself: package_search's `fq` and the elements of `fq_list`. Empty text: kAll.
core::Result<core::SearchExpr> parse_ckan_fq(std::string_view text, const core::Clock& clock);

// package_search's `q`: with a colon the language; without one plain words, all of which must be
// found, with "quoted phrases", -excluded words and word* prefixes (never fails, apart from the
// size). Empty, "\"\"", "''" and "*:*" are kAll.
core::Result<core::SearchExpr> parse_ckan_q(std::string_view text, const core::Clock& clock);

// "title_string asc, id desc". Fails with kInvalidArgument "search-sort"; empty text: no keys.
core::Result<std::vector<core::SortKey>> parse_ckan_sort(std::string_view text);

// What a person types into a search box: words (all must be found, the last one may be unfinished),
// "quoted phrases", -excluded words. Never fails: every other sign is part of a word; words beyond
// the 50th are dropped. Blank text: kAll.
core::SearchExpr parse_search_box(std::string_view text);

}  // namespace minato::formats
