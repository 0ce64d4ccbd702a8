#include "formats/query/row_parameters.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "formats/query/parameter_set.h"
#include "formats/query/query_fault.h"
#include "formats/query/token_reader.h"

namespace minato::formats {
namespace {

constexpr std::int64_t kDefaultLimit = 100;
constexpr std::int64_t kMaxLimit = 10'000;
constexpr std::int64_t kMaxOffset = 10'000;
constexpr std::size_t kMaxSelected = 4'000;
constexpr std::size_t kMaxCursorBytes = 4'096;

const core::LocalizedText kLimitHint = {
    "続きは links.next（cursor）でたどれます。全件は /export を使ってください。",
    "links.next (cursor) leads on; /export gives everything."};

struct Selected {
  int column = 0;
  std::string name;
};

// "column" or "name:column".
core::Result<Selected> parse_selected(const ListSource& source, const ListItem& item) {
  if (const auto column = find_query_column(*source.schema, item.text)) {
    return Selected{*column, std::string(item.text)};
  }
  auto reader =
      TokenReader::open({source.param, source.text.substr(0, item.offset + item.text.size()),
                         source.schema, false, item.offset});
  if (!reader) return tl::unexpected(std::move(reader.error()));
  const auto first = reader->name();
  if (!first) return tl::unexpected(first.error());
  FilterToken named = *first;
  if (reader->accept_sign(":")) {
    const auto second = reader->name();
    if (!second) return tl::unexpected(second.error());
    named = *second;
  }
  if (!reader->at_end()) return reader->refuse(",");
  const auto column = find_query_column(*source.schema, named.text);
  if (!column) return fail_column(reader->place(named.offset), named.text, *source.schema);
  return Selected{*column, first->text};
}

core::Result<void> select_columns(const ListSource& source, RowsRequest& request) {
  const auto items = cut_list(source.param, source.text, kMaxSelected);
  if (!items) return tl::unexpected(items.error());
  for (const ListItem& item : *items) {
    const auto selected = parse_selected(source, item);
    if (!selected) return tl::unexpected(selected.error());
    request.query.columns.push_back(selected->column);
    request.names.push_back(selected->name);
  }
  std::vector<std::string> sorted = request.names;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice == sorted.end()) return {};
  return fail_parameter(source.param,
                        {{"列「" + shown_input(*twice) + "」が 2 回選ばれています。",
                          "The column \"" + shown_input(*twice) + "\" is selected twice."},
                         "",
                         *twice,
                         {"「別の名前:" + shown_input(*twice) + "」と書くと 2 回選べます。",
                          "Give it another name: other:" + shown_input(*twice)}});
}

void select_all(const core::TableSchema& schema, RowsRequest& request) {
  request.query.columns.resize(schema.columns.size());
  std::iota(request.query.columns.begin(), request.query.columns.end(), 0);
  for (const auto& column : schema.columns) request.names.push_back(column.name);
}

core::Result<void> read_columns(const ParameterSet& set, const core::TableSchema& schema,
                                RowsRequest& request) {
  const auto select = set.value("select");
  const auto sort = set.value("sort");
  if (select && !select->empty() && *select != "*") {
    auto selected = select_columns({"select", *select, &schema}, request);
    if (!selected) return selected;
  }
  if (request.query.columns.empty()) select_all(schema, request);
  if (!sort) return {};
  auto keys = parse_sort({"sort", *sort, &schema});
  if (!keys) return tl::unexpected(std::move(keys.error()));
  request.query.sort = std::move(*keys);
  return {};
}

core::Result<void> read_page(const ParameterSet& set, RowsDoor door, RowsRequest& request) {
  constexpr std::array<std::string_view, 3> kCounts = {"auto", "none", "exact"};
  constexpr std::array<CountMode, 3> kModes = {CountMode::kAuto, CountMode::kNone,
                                               CountMode::kExact};
  const bool is_page = door == RowsDoor::kPage;
  const std::int64_t max_limit = is_page ? kMaxLimit : std::numeric_limits<std::int64_t>::max();
  const auto limit = set.number("limit", {0, max_limit, kLimitHint});
  if (!limit) return tl::unexpected(limit.error());
  const auto offset = set.number("offset", {0, kMaxOffset, kLimitHint});
  if (!offset) return tl::unexpected(offset.error());
  const auto count = set.choice("count", kCounts);
  if (!count) return tl::unexpected(count.error());
  request.query.limit = limit->value_or(is_page ? kDefaultLimit : -1);
  request.query.offset = offset->value_or(0);
  request.count = kModes[*count];
  request.cursor = std::string(set.value("cursor").value_or(""));
  if (request.cursor.size() > kMaxCursorBytes || (!request.cursor.empty() && *offset)) {
    return fail_parameter(
        "cursor", {{"cursor が長すぎるか、offset と一緒に使われています。",
                    "The cursor is too long, or stands beside an offset."},
                   "",
                   request.cursor,
                   {"links.next をそのまま使ってください。", "Follow links.next as it is."}});
  }
  return {};
}

core::Result<void> read_output(const ParameterSet& set, RowsRequest& request) {
  const auto shape = set.shape();
  if (!shape) return tl::unexpected(shape.error());
  const auto version = set.version();
  if (!version) return tl::unexpected(version.error());
  const auto text = set.text_output();
  if (!text) return tl::unexpected(text.error());
  request.shape = *shape;
  request.version = *version;
  request.text = *text;
  return {};
}

}  // namespace

core::Result<RowsRequest> parse_rows_request(const TableQuestion& question, RowsDoor door) {
  constexpr std::array<std::string_view, 11> kPage = {"select", "sort",    "limit", "offset",
                                                      "shape",  "version", "bom",   "encoding",
                                                      "excel",  "cursor",  "count"};
  const std::span<const std::string_view> names(kPage);
  auto set = ParameterSet::sort(question, door == RowsDoor::kPage ? names : names.first(9));
  if (!set) return tl::unexpected(std::move(set.error()));
  RowsRequest request;
  request.query.filter = set->filter();
  request.query.near = set->near();
  if (auto read = read_columns(*set, question.schema, request); !read) {
    return tl::unexpected(std::move(read.error()));
  }
  if (auto read = read_page(*set, door, request); !read) {
    return tl::unexpected(std::move(read.error()));
  }
  if (auto read = read_output(*set, request); !read) {
    return tl::unexpected(std::move(read.error()));
  }
  return request;
}

core::Result<FacetsRequest> parse_facets_request(const TableQuestion& question) {
  constexpr std::array<std::string_view, 3> kNames = {"facet", "limit", "version"};
  constexpr std::size_t kMaxFacets = 20;
  constexpr std::int64_t kMaxFacetValues = 1'000;
  auto set = ParameterSet::sort(question, kNames);
  if (!set) return tl::unexpected(std::move(set.error()));
  FacetsRequest request;
  request.filter = set->filter();
  const auto limit = set->number("limit", {1, kMaxFacetValues, {}});
  if (!limit) return tl::unexpected(limit.error());
  request.limit = limit->value_or(request.limit);
  const auto version = set->version();
  if (!version) return tl::unexpected(version.error());
  request.version = *version;
  const ListSource source{"facet", set->value("facet").value_or(""), &question.schema};
  const auto items = cut_list("facet", source.text, kMaxFacets);
  if (!items) return tl::unexpected(items.error());
  for (const ListItem& item : *items) {
    const auto selected = parse_selected(source, item);
    if (!selected) return tl::unexpected(selected.error());
    if (selected->column >= 0) request.columns.push_back(selected->column);
  }
  if (!request.columns.empty()) return request;
  return fail_parameter("facet", {{"列を指定してください。", "Name a column."},
                                  "column",
                                  "",
                                  {"例: facet=区分,市区町村", "As in facet=a,b"}});
}

}  // namespace minato::formats
