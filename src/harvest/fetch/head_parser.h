// Header lines to a ResponseHead, under limits.
#pragma once

#include <string_view>

#include "harvest/fetch/response_head.h"
#include "harvest/fetch/transfer_limits.h"

namespace minato::harvest {

class HeadParser {
 public:
  explicit HeadParser(const TransferLimits& limits) : limits_(limits) {}

  // One line with its line end: a status line (begins anew), a field or its continuation (RFC 9112
  // s5.2). False: too many or too long; interim replies (1xx) and trailers count too.
  bool add_line(std::string_view line);
  ResponseHead take(int status);

 private:
  const TransferLimits limits_;
  ResponseHead head_;
  std::size_t bytes_ = 0;
};

}  // namespace minato::harvest
