// Dates of CKAN's query language: ISO 8601, and Solr's date arithmetic ("NOW-1YEAR/MONTH+2DAYS").
#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace minato::formats {

// What a date stands for: "2024-04" is the whole month, a full time a single moment (first ==
// last).
struct DateSpan {
  core::Timestamp first;
  core::Timestamp last;
};

// nullopt: no such date, or one outside the years 1 to 9999.
std::optional<DateSpan> parse_query_date(std::string_view text, const core::Clock& clock);

}  // namespace minato::formats
