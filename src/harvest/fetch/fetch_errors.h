// The errors of fetching, as fetcher.h lists them. `where` is a URL or an origin.
#pragma once

#include <cstdint>
#include <string>

#include "core/error.h"
#include "harvest/fetch/response_head.h"

namespace minato::harvest {

core::Error url_error(const std::string& url, core::LocalizedText reason);
core::Error header_error();  // "harvest-header", kInvalidArgument: line breaks in a header
core::Error address_error(const std::string& where, const std::string& address);
core::Error robots_error(const std::string& url, const std::string& line);
core::Error robots_unreachable_error(const std::string& origin, int status);
core::Error resolve_error(const std::string& where, std::string internal);
core::Error connect_error(const std::string& where, std::string internal);
core::Error tls_error(const std::string& where, std::string internal);
// One detail: param "status", got "404".
core::Error status_error(const std::string& url, const ResponseHead& head);
core::Error timeout_error(const std::string& url, std::int64_t limit_ms);
core::Error slow_error(const std::string& url, std::int64_t bytes_per_second);
core::Error size_error(const std::string& url, std::uint64_t max_bytes);
core::Error truncated_error(const std::string& url, core::LocalizedText reason);
core::Error protocol_error(const std::string& url, std::string internal);  // "harvest-protocol"
core::Error redirect_error(const std::string& url, core::LocalizedText reason);
core::Error stopped_error(const std::string& where);
core::Error wait_error(const std::string& where, std::int64_t wait_ms);  // harvest-stopped
core::Error file_error(const std::string& call, const std::string& path, int error);

}  // namespace minato::harvest
