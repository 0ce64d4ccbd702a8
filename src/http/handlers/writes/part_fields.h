// What the head of a part of an upload says: where it belongs, and its checksum.
#pragma once

#include <cstdint>
#include <string>

#include "core/error.h"
#include "http/message.h"

namespace minato::http::writes {

struct PartFields {
  std::int64_t offset = 0;
  std::string sha256;  // hex; empty: not given
};

// Upload-Offset, or `offset=`; Content-Digest (RFC 9530), Digest (RFC 3230) or X-Part-SHA256 (hex).
// kInvalidArgument "parameter-invalid": no offset, or one of them is malformed.
core::Result<PartFields> read_part_fields(const Request& request);

}  // namespace minato::http::writes
