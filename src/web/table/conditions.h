// Conditions of a table's state, for people: what they say, and the operators of the form that adds
// one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/row_query.h"
#include "core/table.h"
#include "http/message.h"
#include "web/frame/texts.h"

namespace minato::web {

// "区分 が「図書館」"; of what does not parse: the parameter as it was given.
std::string condition_words(const http::Params::value_type& condition,
                            const core::TableSchema& schema, const Texts& texts);

// A condition on one column, taken apart: 区分__ne=図書館.
struct ColumnCondition {
  std::size_t column = 0;
  core::FilterOp op = core::FilterOp::kEq;
  std::vector<core::Value> values;
};
// nullopt: where=, q=, a place, or unsound.
std::optional<ColumnCondition> column_condition(const http::Params::value_type& condition,
                                                const core::TableSchema& schema);

// What the form offers. `suits`: which columns.
struct FormOperator {
  enum class Suits { kAll, kTexts, kOrdered };
  std::string_view name;  // as in "__gte"; "eq" for none
  std::string_view text;  // key of its words
  Suits suits = Suits::kAll;
  bool wants_value = true;
};
std::span<const FormOperator> form_operators();

// The parameter that says it: "区分", "人口__gte", "c3__ne".
std::string condition_parameter(const core::TableSchema& schema, std::size_t column,
                                std::string_view op);

}  // namespace minato::web
