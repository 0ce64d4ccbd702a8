// Search expressions as short texts, so that tables of examples can be read.
//   "and(title~港, not(tags=a), metadata_modified[x..*})"
#pragma once

#include <string>

#include "core/search.h"

namespace minato::formats {

inline std::string to_text(const core::SearchExpr& expr) {
  using Kind = core::SearchExpr::Kind;
  const auto children = [&expr] {
    std::string text = "(";
    for (const core::SearchExpr& child : expr.children) {
      if (text.size() > 1) text += ", ";
      text += to_text(child);
    }
    return text + ")";
  };
  switch (expr.kind) {
    case Kind::kAll:
      return "all";
    case Kind::kAnd:
      return "and" + children();
    case Kind::kOr:
      return "or" + children();
    case Kind::kNot:
      return "not" + children();
    case Kind::kText:
      return expr.field + "~" + expr.value;
    case Kind::kPrefix:
      return expr.field + "^" + expr.value;
    case Kind::kWildcard:
      return expr.field + "?" + expr.value;
    case Kind::kEqual:
      return expr.field + "=" + expr.value;
    case Kind::kExists:
      return expr.field + "!";
    case Kind::kRange:
      break;
  }
  return expr.field + (expr.low.inclusive ? "[" : "{") + expr.low.value.value_or("*") + ".." +
         expr.high.value.value_or("*") + (expr.high.inclusive ? "]" : "}");
}

}  // namespace minato::formats
