#include "formats/query/query_fault.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/nearest.h"
#include "core/utf8.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace minato::formats {
namespace {

constexpr std::size_t kMaxShownBytes = 80;
constexpr std::size_t kMaxNearNames = 3;

std::string position_of(const QueryPlace& place) {
  const std::size_t offset = std::min(place.offset, place.text.size());
  const std::size_t character = core::count_code_points(place.text.substr(0, offset)) + 1;
  return "byte " + std::to_string(offset) + " (character " + std::to_string(character) + ")";
}

core::ErrorDetail detail_of(std::string_view param, QueryFault fault) {
  core::ErrorDetail detail;
  detail.param = std::string(param);
  detail.message = std::move(fault.message);
  detail.expected = std::move(fault.expected);
  detail.got = shown_input(fault.got);
  detail.hint = std::move(fault.hint);
  return detail;
}

// Puts the place in front of the message and the fault into the one detail.
tl::unexpected<core::Error> at_place(tl::unexpected<core::Error> failure, const QueryPlace& place,
                                     QueryFault fault) {
  core::Error& error = failure.value();
  const std::string position = position_of(place);
  error.message = {std::string(place.param) + "（" + position + "）: " + fault.message.ja,
                   std::string(place.param) + " (" + position + "): " + fault.message.en};
  error.hint = fault.hint;
  error.details.push_back(detail_of(place.param, std::move(fault)));
  error.details.back().position = position;
  return failure;
}

bool holds(std::string_view text, std::string_view part) {
  return !part.empty() && text.find(part) != std::string_view::npos;
}

}  // namespace

std::string shown_input(std::string_view text) {
  std::string shown = text::sanitized(text::truncated(text, kMaxShownBytes));
  if (shown.size() < text.size()) shown += "…";
  return shown;
}

tl::unexpected<core::Error> fail_syntax(const QueryPlace& place, QueryFault fault) {
  return at_place(core::fail(core::ErrorCode::kInvalidArgument, "filter-syntax", {}), place,
                  std::move(fault));
}

tl::unexpected<core::Error> fail_type(const QueryPlace& place, QueryFault fault) {
  return at_place(core::fail(core::ErrorCode::kInvalidArgument, "filter-type", {}), place,
                  std::move(fault));
}

tl::unexpected<core::Error> fail_size(const QueryPlace& place, QueryFault fault) {
  return at_place(core::fail(core::ErrorCode::kInvalidArgument, "filter-too-large", {}), place,
                  std::move(fault));
}

tl::unexpected<core::Error> fail_column(const QueryPlace& place, std::string_view name,
                                        const core::TableSchema& schema) {
  const std::string shown = shown_input(name);
  const std::string near = near_names(name, column_names(schema));
  QueryFault fault;
  fault.message = {"列「" + shown + "」はありません。", "There is no column \"" + shown + "\"."};
  fault.expected = near;
  fault.got = shown;
  fault.hint = near.empty()
                   ? core::LocalizedText{"列の名前は表の schema（columns）で確かめてください。c1 "
                                         "のような別名も使えます。",
                                         "The table's schema (columns) lists the names; aliases "
                                         "such as c1 work too."}
                   : did_you_mean(near);
  return at_place(core::fail(core::ErrorCode::kInvalidArgument, "unknown-column", {}), place,
                  std::move(fault));
}

tl::unexpected<core::Error> fail_coordinates(const QueryPlace& place) {
  QueryFault fault;
  fault.message = {"この表には緯度・経度の列がありません。",
                   "This table has no columns of coordinates."};
  fault.hint = {"near、bbox、within_distance、in_bbox を外してください。",
                "Leave near, bbox, within_distance and in_bbox out."};
  return at_place(core::fail(core::ErrorCode::kInvalidArgument, "no-coordinates", {}), place,
                  std::move(fault));
}

tl::unexpected<core::Error> fail_unknown_parameter(std::string_view param, QueryFault fault) {
  auto failure =
      core::fail(core::ErrorCode::kInvalidArgument, "unknown-parameter", fault.message, fault.hint);
  failure.value().details.push_back(detail_of(param, std::move(fault)));
  return failure;
}

tl::unexpected<core::Error> fail_parameter(std::string_view param, QueryFault fault) {
  auto failure = core::fail(
      core::ErrorCode::kInvalidArgument, "parameter-invalid",
      {std::string(param) + ": " + fault.message.ja, std::string(param) + ": " + fault.message.en},
      fault.hint);
  failure.value().details.push_back(detail_of(param, std::move(fault)));
  return failure;
}

std::vector<std::string_view> column_names(const core::TableSchema& schema) {
  std::vector<std::string_view> names;
  for (const auto& column : schema.columns) names.emplace_back(column.name);
  return names;
}

core::LocalizedText did_you_mean(const std::string& near) {
  if (near.empty()) return {};
  return {"もしかして: " + near, "Did you mean: " + near};
}

std::string near_names(std::string_view name, const std::vector<std::string_view>& names) {
  constexpr std::size_t kMaxNameBytes = 200;
  if (name.empty() || name.size() > kMaxNameBytes) return "";
  const std::string wanted = text::fold(name);
  std::vector<std::string_view> found;
  const auto add = [&found](std::string_view candidate) {
    const bool known = std::find(found.begin(), found.end(), candidate) != found.end();
    if (!known && found.size() < kMaxNearNames) found.push_back(candidate);
  };
  for (const auto candidate : names) {
    if (text::fold(candidate) == wanted) add(candidate);
  }
  const std::string nearest = core::nearest(name, names);
  for (const auto candidate : names) {
    if (candidate == nearest) add(candidate);
  }
  for (const auto candidate : names) {
    const std::string folded = text::fold(candidate);
    if (holds(folded, wanted) || holds(wanted, folded)) add(candidate);
  }
  std::string joined;
  for (const auto candidate : found) {
    joined += (joined.empty() ? "" : "、") + std::string(candidate);
  }
  return joined;
}

core::LocalizedText type_example(core::ColumnType type) {
  switch (type) {
    case core::ColumnType::kInteger:
      return {"整数（例: 1000）", "a whole number, as in 1000"};
    case core::ColumnType::kNumber:
      return {"数値（例: 35.44）", "a number, as in 35.44"};
    case core::ColumnType::kBoolean:
      return {"true か false", "true or false"};
    case core::ColumnType::kDate:
      return {"日付（例: '2024-04-01'）", "a date, as in '2024-04-01'"};
    case core::ColumnType::kDatetime:
      return {"日時（例: '2024-04-01T09:30:00'）", "a time, as in '2024-04-01T09:30:00'"};
    case core::ColumnType::kTime:
      return {"時刻（例: '09:30'）", "a time of day, as in '09:30'"};
    case core::ColumnType::kString:
      break;
  }
  return {"引用符で囲んだ文字列（例: '図書館'）", "a text in single quotes, as in '図書館'"};
}

}  // namespace minato::formats
