// How a question to a table is refused: what is wrong, where in which parameter, and the cure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/table.h"

namespace minato::formats {

// A place in a parameter's text. `text` must outlive it.
struct QueryPlace {
  std::string_view param;
  std::string_view text;
  std::size_t offset = 0;
};

struct QueryFault {
  core::LocalizedText message;
  std::string expected;
  std::string got;  // cut to 80 bytes when shown
  core::LocalizedText hint;
};

// All are kInvalidArgument with one detail; its position reads "byte 12 (character 5)": bytes from
// 0, characters from 1.
tl::unexpected<core::Error> fail_syntax(const QueryPlace& place, QueryFault fault);
tl::unexpected<core::Error> fail_type(const QueryPlace& place, QueryFault fault);
tl::unexpected<core::Error> fail_size(const QueryPlace& place, QueryFault fault);
// "unknown-column", with the nearest names as hint.
tl::unexpected<core::Error> fail_column(const QueryPlace& place, std::string_view name,
                                        const core::TableSchema& schema);
// "no-coordinates": a question about places to a table without any.
tl::unexpected<core::Error> fail_coordinates(const QueryPlace& place);
// "unknown-parameter": neither a column nor a reserved name that has a meaning here.
tl::unexpected<core::Error> fail_unknown_parameter(std::string_view param, QueryFault fault);
// A reserved parameter with a value that it cannot have; no position.
tl::unexpected<core::Error> fail_parameter(std::string_view param, QueryFault fault);

// Up to three of `names` that `name` may have meant, best first, joined by "、"; "" when nothing is
// near.
std::string near_names(std::string_view name, const std::vector<std::string_view>& names);
std::vector<std::string_view> column_names(const core::TableSchema& schema);
// "もしかして: ...", or empty when there are none.
core::LocalizedText did_you_mean(const std::string& near);

// At most 80 bytes of `text`, sound UTF-8.
std::string shown_input(std::string_view text);

// How to write a value of this type: "a whole number, as in 1000".
core::LocalizedText type_example(core::ColumnType type);

}  // namespace minato::formats
