// CKAN's DataStore questions (datastore_search, /datastore/dump): filters, q, sort, fields.
//
// filters, both generations: {"col": "v"} equal (null: is null), {"col": ["a", "b"]} one of,
// {"col": {"gt": 1, "lte": 9}} (eq gt gte lt lte), a list of such objects = any of them, "$and" and
// "$or" with lists of objects; "$$x" names the field "$x". At most 100 tests, depth 10, 10,000
// values in lists. "_id" is the row's number. A text column compared with a number compares as
// text; a number column takes numbers in text.
//
// Errors are kInvalidArgument "datastore-invalid" with one detail: param "filters", "sort",
// "fields" or "q", and CKAN's message ('invalid value "x"', 'Unknown field: x') in both languages,
// as CKAN's 409 carries it.
#pragma once

#include <rapidjson/document.h>

#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/row_query.h"
#include "core/table.h"

namespace minato::formats {

// An object or a list; also either as JSON text; null: kAll.
core::Result<core::Filter> parse_datastore_filters(const rapidjson::Value& filters,
                                                   const core::TableSchema& schema);

// A text (all columns; a JSON object in text is one) or {"column": "text"}. `plain`: words, all of
// which must be found; else a tsquery: & | ! ( ) between words; the ":*" and ":ab" of a word are
// dropped.
core::Result<core::Filter> parse_datastore_q(const rapidjson::Value& q, bool plain,
                                             const core::TableSchema& schema);

// 'a, "b c" desc nulls last', or a list of such; as in PostgreSQL nulls come first in descending
// order.
core::Result<std::vector<core::RowSort>> parse_datastore_sort(const rapidjson::Value& sort,
                                                              const core::TableSchema& schema);

// Names in a list or with commas between. Null or empty: "_id" and all columns.
core::Result<std::vector<int>> parse_datastore_fields(const rapidjson::Value& fields,
                                                      const core::TableSchema& schema);

// int8, float8, bool, date, timestamp, text.
std::string_view datastore_type(core::ColumnType type);

}  // namespace minato::formats
