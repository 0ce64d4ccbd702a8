// The file name a server proposes (RFC 6266), as servers in Japan send it.
#pragma once

#include <string>
#include <string_view>

namespace minato::harvest {

// filename* before filename; filename also as raw UTF-8, CP932 or EUC-JP bytes or with
// percent-escapes. Only the last part of a path, without control characters, at most 255 bytes of
// UTF-8; empty when there is none.
std::string file_name_of(std::string_view content_disposition);

}  // namespace minato::harvest
