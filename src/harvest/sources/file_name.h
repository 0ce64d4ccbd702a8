// What the file behind a URL is called.
#pragma once

#include <string>
#include <string_view>

namespace minato::harvest {

// The last segment of the path, or of a value in the query that ends like a data file
// ("get.jsp?param=14205_food.csv"); percent-decoded where that gives UTF-8.
std::string file_name_of_url(std::string_view url);

// The URL in one spelling and without edition marks (page/edition.h) in its file name, so that next
// year's file has the same. `organization`: the 6-digit code, which is no date.
std::string editionless_url(std::string_view url, std::string_view organization);

}  // namespace minato::harvest
