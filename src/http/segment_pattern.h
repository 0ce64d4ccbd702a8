// One segment of a route's pattern: "datasets", "{id}", "catalog.{ext}", "{id}.{n}".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace minato::http {

class SegmentPattern {
 public:
  // Nothing when braces do not pair, a name is empty, or two captures touch.
  static std::optional<SegmentPattern> parse(std::string_view text);

  [[nodiscard]] bool is_literal() const { return literals_.size() == 1; }
  [[nodiscard]] std::size_t literal_bytes() const;
  // Equal but for the captures' names.
  [[nodiscard]] bool same_shape(const SegmentPattern& other) const {
    return literals_ == other.literals_;
  }
  // Appends the captured texts (never empty) to `captures`; leaves it alone when there is no match.
  // Separators are found from the right, so "a.b.csv" gives "{id}.{ext}" the values "a.b" and
  // "csv".
  bool match(std::string_view segment, std::vector<std::string>& captures) const;

 private:
  // A capture stands between each two neighbours; the outer ones may be empty.
  std::vector<std::string> literals_;
};

}  // namespace minato::http
