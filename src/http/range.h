// Range requests (RFC 9110 s14) on files and strings.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "http/conditional.h"
#include "http/message.h"

namespace minato::http {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // inclusive
  bool operator==(const ByteRange&) const = default;
};

struct RangeSet {
  enum class Kind {
    kWhole,          // no range, another unit, malformed, or too many: send everything (s14.2)
    kPartial,        // `ranges`, in the order asked, none overlapping
    kUnsatisfiable,  // 416
  };
  Kind kind = Kind::kWhole;
  std::vector<ByteRange> ranges;
};

// More than 10 ranges count as kWhole; overlapping or adjacent ones are joined (s14.2, s17.15).
[[nodiscard]] RangeSet parse_ranges(std::string_view header, std::uint64_t size);

// If `request` (GET) asks for ranges of a 200 whose length is known, makes it a 206 (one part or
// multipart/byteranges) or a 416. If-Range that does not match leaves the 200. Sets Accept-Ranges.
void apply_range(const Request& request, Response& response);

}  // namespace minato::http
