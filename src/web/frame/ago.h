// Times as people say them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/time.h"
#include "web/frame/page.h"

namespace minato::web {

// "今日", "3日前", "5か月前", "2年前".
std::string age_text(std::int64_t days, const Texts& texts);

// The same: between then and now in Japan; the day itself when it lies ahead.
std::string ago(core::Timestamp then, const Visit& visit);

// "2026年4月1日 9:05", "1 April 2026, 9:05": in Japan.
std::string moment_words(core::Timestamp time, core::Language language);

// Sets "<key>" (how long ago), "<key>_day" and "<key>_iso"; all false without a time.
void put_ago(View& view, const std::string& key, const std::optional<core::Timestamp>& time,
             const Visit& visit);

// Sets "<key>" (the moment) and "<key>_iso"; both false without a time.
void put_moment(View& view, const std::string& key, const std::optional<core::Timestamp>& time,
                const Visit& visit);

}  // namespace minato::web
