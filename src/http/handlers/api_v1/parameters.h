// Query parameters of /api/v1, read strictly: what is unknown, repeated or malformed is reported,
// all of it at once, never ignored.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "http/message.h"

namespace minato::http::api_v1 {

struct ParameterRule {
  std::string_view name;
  bool repeatable = false;  // repeats mean "any of"
};

class Parameters {
 public:
  // Collects an error for each parameter that no rule names or that is repeated without being
  // repeatable. Keeps a reference to `params`.
  Parameters(const Params& params, std::span<const ParameterRule> rules);

  // Values of a repeatable parameter in order, empty ones left out (an empty form field is no
  // filter).
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
  // The value, or "" when it is absent.
  [[nodiscard]] std::string value(std::string_view name) const;
  // A whole number in [low, high]; `fallback` when absent. Anything else is collected as an error.
  std::int64_t number(std::string_view name, std::int64_t fallback, std::int64_t low,
                      std::int64_t high);

  struct Wrong {
    std::string_view param;
    std::string expected;
    std::string got;
    core::LocalizedText hint;
  };
  void reject(Wrong wrong);
  // As reject(), with the nearest of `allowed` as hint.
  void reject_choice(std::string_view param, const std::string& got,
                     const std::vector<std::string_view>& allowed);

  // kInvalidArgument "parameter-invalid" with one detail per fault, or nothing wrong.
  [[nodiscard]] core::Result<void> check() const;

 private:
  const Params& params_;
  std::vector<core::ErrorDetail> faults_;
};

// At most `max_bytes` of `text`, cut between characters, for quoting input back. REQUIRES: UTF-8.
std::string quoted_input(std::string_view text, std::size_t max_bytes = 80);

}  // namespace minato::http::api_v1
