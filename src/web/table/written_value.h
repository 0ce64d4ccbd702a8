// Values as people write them into the form for conditions: 令和6年4月1日, 2024年4月, 令和5年度,
// １，２００, 1,200㎡, 8時30分. Addresses hold what the API reads, so that one state is one address
// and the examples of the API work as they stand.
#pragma once

#include <string>
#include <vector>

#include "core/table.h"

namespace minato::web {

struct WrittenTest {
  std::string op;  // "eq", "gte", ...
  std::string value;
  bool operator==(const WrittenTest&) const = default;
};

// The conditions that together say the same of the column; two for "is in the year 2024". A year
// and a month are all of their days, a year of an era its own days only, and a day in a column of
// moments all of its hours. `written` itself where its value is nothing known.
std::vector<WrittenTest> tests_of(const core::TableColumn& column, const WrittenTest& written);

}  // namespace minato::web
