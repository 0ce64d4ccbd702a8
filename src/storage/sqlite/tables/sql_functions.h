// Functions of our own in SQL over rows.
//
//   row_lower(text)                       text/lowercase.h
//   row_ends_with(text, ending)           exact
//   row_matches(query, value, ...)        word_matcher.h, over all values together; with one value
//                                         null gives null
//   row_distance(lat, lon, lat, lon)      metres; null when a position is missing or not valid
//   row_point_lat(text), row_point_lon(text)
//   row_sum(integer)                      a real instead of an overflow
#pragma once

#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::tables {

// Values of one call of row_matches: SQLite takes 127 arguments.
inline constexpr std::size_t kMaxMatchedValues = 120;

// Throws SQLite::Exception.
void register_sql_functions(Connection& connection);

}  // namespace minato::storage::sqlite::tables
