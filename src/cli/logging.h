// The program's log: lines on standard error for the operator (the access log has its own room in
// http/).
#pragma once

#include <string>
#include <string_view>

#include "cli/settings.h"
#include "core/error.h"

namespace minato::cli {

enum class LogLevel { kDebug, kInfo, kWarn, kError };

// Sets level and form for the whole process. REQUIRES: before threads log.
void set_up_log(const Settings& settings);
// Thread-safe. `message` may hold text from outside: control characters are escaped.
void log(LogLevel level, std::string_view message);

}  // namespace minato::cli
