#pragma once

#include "core/time.h"

namespace minato::formats {

// Stands at 2024-03-31T12:34:56.789Z: the last day of a month, in a leap year.
class FixedClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override {
    return *core::parse_iso8601("2024-03-31T12:34:56.789Z");
  }
};

}  // namespace minato::formats
