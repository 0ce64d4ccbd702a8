// Content-Disposition of downloads (RFC 6266).
#pragma once

#include <string>
#include <string_view>

namespace minato::http {

// `attachment; filename="fallback.csv"; filename*=UTF-8''%E4%BA%BA.csv`. Path separators, quotes
// and control characters become '_'; characters outside ASCII become '_' in the fallback only. An
// empty name becomes "download". Never contains CR or LF whatever `filename` holds.
[[nodiscard]] std::string attachment(std::string_view filename);
// The same with "inline".
[[nodiscard]] std::string inline_file(std::string_view filename);

}  // namespace minato::http
