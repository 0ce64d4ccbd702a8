// A look at a page before it is parsed: is it one that costs too much?
#pragma once

#include <string_view>

#include "core/error.h"

namespace minato::harvest {

// Parsing takes time that grows with depth times tags, and with the square of the attributes of one
// tag. Fails with kTooLarge "harvest-page-complex".
core::Result<void> check_html_cost(std::string_view html);

tl::unexpected<core::Error> too_complex(std::string_view ja, std::string_view en);

}  // namespace minato::harvest
