// A strict reader of HTML, for tests: every element closed in order, attributes quoted, no stray
// markup.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace minato::web {

struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;
};

struct Markup {
  std::vector<std::string> faults;  // empty: well-formed
  std::vector<Element> elements;    // in document order

  [[nodiscard]] std::size_t count(std::string_view name) const;
  // Values of an attribute of all elements that have it.
  [[nodiscard]] std::vector<std::string> values(std::string_view attribute) const;
};

Markup read_markup(std::string_view html);

}  // namespace minato::web
