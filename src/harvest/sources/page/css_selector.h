// CSS selectors over a page: type, *, .class, #id, [a], [a=v] (also ~= ^= $= *= |=), :not() of one
// of these, :first-child, :last-child; joined by blank, ">", "+", "~"; several by commas.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "harvest/sources/page/html_document.h"

namespace minato::harvest {

class CssSelector {
 public:
  // Fails with kInvalidArgument "harvest-selector", the position of the error included; also when
  // it is longer than 500 bytes or has more than 50 parts.
  static core::Result<CssSelector> parse(std::string_view text);

  // All that match, in document order. Takes time proportional to nodes times parts.
  [[nodiscard]] std::vector<NodeId> select(const HtmlDocument& document) const;

  struct Condition {
    enum class Kind { kTag, kClass, kId, kAttribute, kFirstChild, kLastChild };
    Kind kind = Kind::kTag;
    bool negated = false;
    std::string name;
    char operation = 0;  // '=' '~' '^' '$' '*' '|'; 0: the attribute is there
    std::string value;
  };
  struct Part {
    char combinator = ' ';  // to the part before: ' ' '>' '+' '~'
    std::vector<Condition> conditions;
  };
  using Chain = std::vector<Part>;

 private:
  std::vector<Chain> chains_;
};

}  // namespace minato::harvest
