// Values as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/time.h"

namespace minato::web {

// The day in Japan: "2026年4月1日", "1 April 2026".
std::string display_day(core::Timestamp time, core::Language language);
// The same of an ISO 8601 date; "2026", "2026-04" and what is no date stay as they are.
std::string display_date(std::string_view date, core::Language language);
// "1.4 MB", by 1000.
std::string display_size(std::int64_t bytes);
// "12,345".
std::string display_count(std::int64_t count);
// The text as an address to link to: "" unless it is http or https.
std::string web_address(const std::string& text);

}  // namespace minato::web
