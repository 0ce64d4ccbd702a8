// Small facts about harvest sources that adding and loading them share.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/time.h"

namespace minato::service {

// A moment of the coming night, 2 to 5 o'clock in Japan, that is always the same for one source:
// all of them do not begin at once, and a first start begins no harvest in the daytime.
core::Timestamp coming_night(std::string_view source_id, core::Timestamp now);

// kNotFound "harvest-organization-unknown".
tl::unexpected<core::Error> organization_unknown(const std::string& code);

}  // namespace minato::service
