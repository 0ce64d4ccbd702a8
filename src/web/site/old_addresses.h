// Where pages are that other sites link to by other addresses: those of CKAN, those with a slash
// behind or capitals, and the plurals people type.
#pragma once

#include <string>
#include <string_view>

namespace minato::web {

// For a request target ("/ja/dataset/groups/aed?page=2") that no row of the route table matches:
// the target to go to, or "" when we know of none. Always a path of this site; what is there is
// another question.
std::string moved_address(std::string_view target);

}  // namespace minato::web
