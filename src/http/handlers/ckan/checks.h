// Reads the arguments an action wants, with CKAN's coercions and CKAN's messages, and collects what
// is wrong with them: one Validation Error names every bad field.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/search.h"
#include "http/handlers/ckan/arguments.h"
#include "http/handlers/ckan/failure.h"

namespace minato::http::ckan {

inline constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

class Checks {
 public:
  // Keeps a reference.
  explicit Checks(const Arguments& arguments) : arguments_(arguments) {}

  // A text; numbers and booleans are taken as they would be written. Absent: empty.
  std::string text(std::string_view name);
  // "Missing value" when it is absent or empty.
  std::string required(std::string_view name);
  // "Missing value" when it is absent; may be empty.
  std::string present(std::string_view name);
  // "Invalid integer", "Must be a natural number". Numbers beyond 64 bits become the largest.
  std::int64_t natural(std::string_view name, std::int64_t absent);
  std::optional<std::int64_t> integer(std::string_view name);
  // CKAN's boolean_validator: "true", "yes", "t", "y", "1" (any case) are true, all else is false.
  bool boolean(std::string_view name, bool absent);
  // CKAN's asbool: also "on" and "off"; anything else is an error.
  bool flag(std::string_view name, bool absent);
  // A list of texts: a list, JSON text of a list, or one plain text.
  std::vector<std::string> list(std::string_view name);

  void fail(std::string_view name, std::string_view message);
  [[nodiscard]] bool failed() const { return !error_.fields.empty(); }
  // The Validation Error of everything that failed. REQUIRES: failed().
  [[nodiscard]] tl::unexpected<Failure> failure() const { return tl::unexpected<Failure>(error_); }

 private:
  std::optional<std::string> as_text(std::string_view name, const rapidjson::Value& value);
  void append_items(std::string_view name, const rapidjson::Value& array,
                    std::vector<std::string>& items);

  const Arguments& arguments_;
  CkanError error_;
};

// include_private, include_drafts and include_deleted, as package_search and package_list take
// them.
core::Visibility read_widening(Checks& checks);

}  // namespace minato::http::ckan
