#include "formats/query/parameter_set.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "formats/query/places.h"
#include "formats/query/query_fault.h"
#include "formats/query/row_filter.h"
#include "formats/query/short_filter.h"

namespace minato::formats {
namespace {

using core::Filter;
using core::FilterOp;

constexpr std::size_t kMaxParameters = 200;
constexpr std::size_t kMaxSearchBytes = 1024;

constexpr std::array<std::string_view, 4> kFilterNames = {"where", "q", "bbox", "near"};
// Never short conditions, so that a parameter added to one request later takes no column's name.
constexpr std::array<std::string_view, 24> kReservedNames = {
    "q",      "where",    "bbox",  "near",    "select", "sort",   "limit",    "cursor",
    "offset", "count",    "shape", "version", "group",  "agg",    "having",   "facet",
    "bom",    "encoding", "excel", "format",  "lang",   "fields", "distinct", "token"};

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

tl::unexpected<core::Error> fail_unknown(std::string_view name, const core::TableSchema& schema,
                                         std::span<const std::string_view> allowed) {
  std::vector<std::string_view> names = column_names(schema);
  names.insert(names.end(), allowed.begin(), allowed.end());
  names.insert(names.end(), kFilterNames.begin(), kFilterNames.end());
  const std::size_t cut = name.rfind("__");
  const std::string near = near_names(name.substr(0, cut), names);
  const std::string shown = shown_input(name);
  QueryFault fault;
  fault.message = {"パラメーター「" + shown + "」は列名でも予約語でもありません。",
                   "The parameter \"" + shown + "\" is neither a column nor a reserved name."};
  fault.expected = near;
  fault.got = shown;
  fault.hint = did_you_mean(near);
  if (fault.hint.empty()) {
    fault.hint = {
        "列名、別名（c1 など）のほか、where, q, bbox, near, " + joined(allowed) + " が使えます。",
        "Besides columns and aliases such as c1 there are where, q, bbox, near, " +
            joined(allowed) + "."};
  }
  return fail_unknown_parameter(name, std::move(fault));
}

tl::unexpected<core::Error> fail_misplaced(std::string_view name, const core::TableSchema& schema,
                                           std::span<const std::string_view> allowed) {
  const std::string text(name);
  const auto column = schema.find(name);
  QueryFault fault;
  fault.message = {"パラメーター「" + text + "」はここでは使えません。",
                   "The parameter \"" + text + "\" has no meaning here."};
  fault.expected = "where, q, bbox, near, " + joined(allowed);
  fault.got = text;
  if (column) {
    const std::string alias = "c" + std::to_string(*column + 1);
    fault.hint = {"予約語と同じ名前の列は別名で指定します: " + alias + "=…",
                  "A column with a reserved name is asked for by its alias: " + alias + "=..."};
  } else {
    fault.hint = {"ここで使えるもの: " + fault.expected, "These have: " + fault.expected};
  }
  return fail_unknown_parameter(name, std::move(fault));
}

tl::unexpected<core::Error> fail_repeated(std::string_view name) {
  return fail_parameter(name, {{"2 回書かれています。", "It is given twice."},
                               "1",
                               "2",
                               {"1 つにまとめてください。", "Give it once."}});
}

Filter value_test(FilterOp op, std::vector<core::Value> values) {
  Filter filter;
  filter.kind = Filter::Kind::kTest;
  filter.op = op;
  filter.values = std::move(values);
  return filter;
}

}  // namespace

core::Result<ParameterSet> ParameterSet::sort(const TableQuestion& question,
                                              std::span<const std::string_view> allowed) {
  if (question.parameters.size() > kMaxParameters) {
    return fail_parameter("", {{"パラメーターが多すぎます。", "Too many parameters."},
                               "<= 200",
                               std::to_string(question.parameters.size()),
                               {"where にまとめてください。", "Use where."}});
  }
  ParameterSet set;
  for (const auto& parameter : question.parameters) {
    if (contains(question.read_elsewhere, parameter.first)) continue;
    if (auto added = set.add(parameter, question, allowed); !added) {
      return tl::unexpected(std::move(added.error()));
    }
  }
  return set;
}

core::Result<void> ParameterSet::add(const QueryParameter& parameter, const TableQuestion& question,
                                     std::span<const std::string_view> allowed) {
  const auto& [name, text] = parameter;
  if (contains(kFilterNames, name)) return add_filter(name, text, question.schema);
  if (contains(kReservedNames, name)) {
    if (!contains(allowed, name)) return fail_misplaced(name, question.schema, allowed);
    if (!values_.emplace(name, text).second) return fail_repeated(name);
    return {};
  }
  auto condition = parse_short_filter(name, text, question.schema);
  if (!condition) return tl::unexpected(std::move(condition.error()));
  if (!*condition) return fail_unknown(name, question.schema, allowed);
  filter_ = both(std::move(filter_), std::move(**condition));
  return {};
}

core::Result<void> ParameterSet::add_filter(std::string_view name, std::string_view text,
                                            const core::TableSchema& schema) {
  if (name == "where") {
    auto filter = parse_where(text, schema);
    if (!filter) return tl::unexpected(std::move(filter.error()));
    filter_ = both(std::move(filter_), std::move(*filter));
    return {};
  }
  if (name != "q") return add_place(name, text, schema);
  if (text.size() > kMaxSearchBytes) {
    return fail_parameter(name, {{"検索語が長すぎます。", "The words are too long."},
                                 "<= 1024 bytes",
                                 std::to_string(text.size()) + " bytes",
                                 {"検索語を減らしてください。", "Use fewer words."}});
  }
  if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    filter_ = both(std::move(filter_), value_test(FilterOp::kSearchAny, {std::string(text)}));
  }
  return {};
}

core::Result<void> ParameterSet::add_place(std::string_view name, std::string_view text,
                                           const core::TableSchema& schema) {
  if (!values_.emplace(name, text).second) return fail_repeated(name);
  if (!has_coordinates(schema)) return fail_coordinates({name, text, 0});
  auto numbers = parse_numbers(text);
  if (name == "bbox") {
    if (!numbers || !is_box(*numbers)) return fail_parameter(name, place_fault(true, text));
    std::vector<core::Value> edges(numbers->begin(), numbers->end());
    filter_ = both(std::move(filter_), value_test(FilterOp::kInBbox, std::move(edges)));
    return {};
  }
  if (!numbers) return fail_parameter(name, place_fault(false, text));
  const bool has_radius = numbers->size() == 3;
  if (numbers->size() == 2) numbers->push_back(0);
  if (!is_circle(*numbers)) return fail_parameter(name, place_fault(false, text));
  near_ = core::Near{(*numbers)[0], (*numbers)[1], std::nullopt};
  if (has_radius) near_->metres = (*numbers)[2];
  return {};
}

std::optional<std::string_view> ParameterSet::value(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

core::Result<std::optional<std::int64_t>> ParameterSet::number(std::string_view name,
                                                               const Range& range) const {
  const auto text = value(name);
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, number);
  if (error == std::errc() && rest == end && number >= range.low && number <= range.high) {
    return number;
  }
  const std::string bounds = std::to_string(range.low) + "..." + std::to_string(range.high);
  return fail_parameter(
      name, {{bounds + " の整数を書いてください。", "A whole number in " + bounds + " is wanted."},
             bounds,
             std::string(*text),
             range.hint});
}

core::Result<std::size_t> ParameterSet::choice(std::string_view name,
                                               std::span<const std::string_view> choices) const {
  const auto text = value(name);
  if (!text) return std::size_t{0};
  const auto found = std::find(choices.begin(), choices.end(), *text);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  const std::string names = joined(choices);
  return fail_parameter(name,
                        {{"「" + shown_input(*text) + "」は選べません。",
                          "\"" + shown_input(*text) + "\" is no choice."},
                         names,
                         std::string(*text),
                         {names + " のどれかを書いてください。", "Write one of " + names + "."}});
}

core::Result<bool> ParameterSet::flag(std::string_view name) const {
  constexpr std::array<std::string_view, 4> kFlags = {"false", "true", "0", "1"};
  const auto place = choice(name, kFlags);
  if (!place) return tl::unexpected(place.error());
  return *place % 2 == 1;
}

core::Result<TextOutput> ParameterSet::text_output() const {
  constexpr std::array<std::string_view, 5> kEncodings = {"utf-8", "utf8", "cp932", "shift_jis",
                                                          "windows-31j"};
  const auto bom = flag("bom");
  if (!bom) return tl::unexpected(bom.error());
  const auto excel = flag("excel");
  if (!excel) return tl::unexpected(excel.error());
  const auto encoding = choice("encoding", kEncodings);
  if (!encoding) return tl::unexpected(encoding.error());
  const TextOutput text{*bom, *excel, *encoding >= 2};
  if (text.bom && text.cp932) {
    return fail_parameter("bom",
                          {{"CP932 に BOM は付けられません。", "CP932 has no BOM."},
                           "false",
                           "true",
                           {"bom か encoding を外してください。", "Leave bom or encoding out."}});
  }
  return text;
}

core::Result<std::optional<std::int64_t>> ParameterSet::version() const {
  return number(
      "version",
      {1, 1'000'000'000, {"版の番号は /versions にあります。", "/versions lists the numbers."}});
}

core::Result<RowShape> ParameterSet::shape() const {
  constexpr std::array<std::string_view, 2> kShapes = {"objects", "arrays"};
  const auto place = choice("shape", kShapes);
  if (!place) return tl::unexpected(place.error());
  return *place == 0 ? RowShape::kObjects : RowShape::kArrays;
}

}  // namespace minato::formats
