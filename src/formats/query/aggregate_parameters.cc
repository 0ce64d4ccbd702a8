// /aggregate (row_parameters.h).
#include <algorithm>
#include <array>
#include <utility>

#include "formats/query/literal.h"
#include "formats/query/parameter_set.h"
#include "formats/query/query_fault.h"
#include "formats/query/row_filter.h"
#include "formats/query/row_parameters.h"
#include "formats/query/token_reader.h"

namespace minato::formats {
namespace {

using core::ColumnType;
using core::Filter;
using core::FilterOp;
using core::Measure;

constexpr std::size_t kMaxGroups = 10;
constexpr std::size_t kMaxMeasures = 20;
constexpr std::int64_t kMaxLimit = 10'000;
constexpr std::int64_t kMaxOffset = 10'000;

constexpr std::array<std::pair<std::string_view, Measure>, 5> kMeasures = {
    {{"count", Measure::kCount},
     {"sum", Measure::kSum},
     {"avg", Measure::kAvg},
     {"min", Measure::kMin},
     {"max", Measure::kMax}}};

core::Result<TokenReader> open_item(const ListSource& source, const ListItem& item) {
  return TokenReader::open({source.param, source.text.substr(0, item.offset + item.text.size()),
                            source.schema, false, item.offset});
}

// The type of a whole table's column, and its unit.
core::TableColumn result_column(const core::Operand& operand, const core::TableSchema& schema) {
  core::TableColumn column;
  column.type = operand_type(operand, schema);
  if (operand.column != core::Operand::kRowId && operand.function == core::ColumnFunction::kNone) {
    const auto& source = schema.columns[static_cast<std::size_t>(operand.column)];
    column.title = source.title;
    column.unit = source.unit;
    column.description = source.description;
  }
  return column;
}

ColumnType measure_type(Measure measure, ColumnType column) {
  if (measure == Measure::kCount || measure == Measure::kCountDistinct) return ColumnType::kInteger;
  return measure == Measure::kAvg ? ColumnType::kNumber : column;
}

// "as name" at the end of an item, else `fallback`.
core::Result<std::string> result_name(TokenReader& reader, std::string fallback) {
  if (reader.accept_keyword("as")) {
    if (reader.peek().kind == FilterToken::Kind::kText) {
      fallback = reader.take().text;
    } else {
      const auto name = reader.name();
      if (!name) return tl::unexpected(name.error());
      fallback = name->text;
    }
  }
  if (!reader.at_end()) return reader.refuse("as, ,");
  return fallback;
}

core::Result<void> read_group(const ListSource& source, const ListItem& item,
                              AggregateRequest& request) {
  core::Operand operand;
  std::string name(item.text);
  if (const auto column = source.schema->find(item.text)) {
    operand.column = static_cast<int>(*column);
  } else {
    auto reader = open_item(source, item);
    if (!reader) return tl::unexpected(std::move(reader.error()));
    const bool is_name = reader->peek().kind == FilterToken::Kind::kQuotedName;
    const std::string quoted = reader->peek().text;
    const auto parsed = reader->operand();
    if (!parsed) return tl::unexpected(parsed.error());
    operand = *parsed;
    auto named =
        result_name(*reader, is_name ? quoted : std::string(reader->written_since(item.offset)));
    if (!named) return tl::unexpected(std::move(named.error()));
    name = std::move(*named);
  }
  core::TableColumn column = result_column(operand, *source.schema);
  column.name = std::move(name);
  request.query.groups.push_back(operand);
  request.result.columns.push_back(std::move(column));
  return {};
}

tl::unexpected<core::Error> fail_measured(const QueryPlace& place, ColumnType type) {
  const std::string name(core::column_type_name(type));
  return fail_type(place, {{"sum と avg は数値の列に使います（この列は " + name + "）。",
                            "sum and avg want a column of numbers; this one is " + name + "."},
                           "integer, number",
                           name,
                           {"count, min, max なら使えます。", "count, min and max work."}});
}

// What stands in the parentheses.
core::Result<void> read_measured(TokenReader& reader, core::MeasureExpr& measure) {
  const std::size_t offset = reader.peek().offset;
  if (measure.measure == Measure::kCount) {
    if (reader.accept_sign("*") || reader.sees_sign(")")) return {};
    if (reader.sees_keyword("distinct") && !reader.sees_sign(")", 1)) {
      reader.take();
      measure.measure = Measure::kCountDistinct;
    }
  }
  const auto operand = reader.operand();
  if (!operand) return tl::unexpected(operand.error());
  const ColumnType type = operand_type(*operand, *reader.source().schema);
  const bool adds = measure.measure == Measure::kSum || measure.measure == Measure::kAvg;
  if (adds && type != ColumnType::kInteger && type != ColumnType::kNumber) {
    return fail_measured(reader.place(offset), type);
  }
  measure.operand = *operand;
  return {};
}

core::Result<void> read_measure(const ListSource& source, const ListItem& item,
                                AggregateRequest& request) {
  auto reader = open_item(source, item);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  const auto known = std::find_if(kMeasures.begin(), kMeasures.end(), [&](const auto& measure) {
    return reader->peek().kind == FilterToken::Kind::kName &&
           is_keyword(reader->peek().text, measure.first);
  });
  if (known == kMeasures.end()) return reader->refuse("count, sum, avg, min, max");
  reader->take();
  core::MeasureExpr measure;
  measure.measure = known->second;
  if (auto opened = reader->expect_sign("("); !opened) return opened;
  if (auto read = read_measured(*reader, measure); !read) return read;
  if (auto closed = reader->expect_sign(")"); !closed) return closed;
  auto name = result_name(*reader, std::string(reader->written_since(item.offset)));
  if (!name) return tl::unexpected(std::move(name.error()));
  core::TableColumn column =
      measure.operand ? result_column(*measure.operand, *source.schema) : core::TableColumn{};
  column.type = measure_type(measure.measure, column.type);
  if (measure.measure == Measure::kCount || measure.measure == Measure::kCountDistinct) {
    column.unit.clear();
  }
  column.name = measure.name = std::move(*name);
  request.query.measures.push_back(std::move(measure));
  request.result.columns.push_back(std::move(column));
  return {};
}

core::Result<void> check_names(const core::TableSchema& result) {
  std::vector<std::string_view> names = column_names(result);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end()) return {};
  const std::string name = shown_input(*twice);
  return fail_parameter("agg", {{"結果の列名「" + name + "」が重なっています。",
                                 "Two columns of the result are named \"" + name + "\"."},
                                "",
                                name,
                                {"「as 別の名前」を付けてください。", "Name one with \"as\"."}});
}

core::Result<void> read_columns(const ParameterSet& set, const core::TableSchema& schema,
                                AggregateRequest& request) {
  const ListSource groups{"group", set.value("group").value_or(""), &schema};
  const ListSource measures{"agg", set.value("agg").value_or(""), &schema};
  const auto group_items = cut_list("group", groups.text, kMaxGroups);
  if (!group_items) return tl::unexpected(group_items.error());
  const auto measure_items = cut_list("agg", measures.text, kMaxMeasures);
  if (!measure_items) return tl::unexpected(measure_items.error());
  for (const ListItem& item : *group_items) {
    if (auto read = read_group(groups, item, request); !read) return read;
  }
  for (const ListItem& item : *measure_items) {
    if (auto read = read_measure(measures, item, request); !read) return read;
  }
  if (request.query.measures.empty()) {
    constexpr std::string_view kCount = "count(*)";
    if (auto read = read_measure({"agg", kCount, &schema}, {kCount, 0}, request); !read) {
      return read;
    }
  }
  return check_names(request.result);
}

bool searches(const Filter& filter) {
  if (filter.kind == Filter::Kind::kTest) {
    return filter.op == FilterOp::kSearch || filter.op == FilterOp::kSearchAny;
  }
  return std::any_of(filter.children.begin(), filter.children.end(), searches);
}

core::Result<void> read_having(const ParameterSet& set, AggregateRequest& request) {
  const auto text = set.value("having");
  if (!text) return {};
  auto having = parse_where(*text, request.result, {"having", true});
  if (!having) return tl::unexpected(std::move(having.error()));
  if (searches(*having)) {
    return fail_syntax({"having", *text, 0},
                       {{"having で search は使えません。", "search has no meaning in having."},
                        "",
                        std::string(*text),
                        {"検索は where か q に書いてください。", "Search in where or q."}});
  }
  request.query.having = std::move(*having);
  return {};
}

core::Result<void> read_order(const ParameterSet& set, AggregateRequest& request) {
  const ListSource source{"sort", set.value("sort").value_or(""), &request.result, true};
  auto keys = parse_sort(source);
  if (!keys) return tl::unexpected(std::move(keys.error()));
  request.query.sort = std::move(*keys);
  // So that pages are the same each time.
  for (std::size_t i = 0; i < request.query.groups.size(); ++i) {
    core::RowSort tie;
    tie.operand.column = static_cast<int>(i);
    request.query.sort.push_back(tie);
  }
  const core::LocalizedText hint = {"having や where で絞り込んでください。",
                                    "Narrow it down with having or where."};
  const auto limit = set.number("limit", {0, kMaxLimit, hint});
  if (!limit) return tl::unexpected(limit.error());
  const auto offset = set.number("offset", {0, kMaxOffset, hint});
  if (!offset) return tl::unexpected(offset.error());
  request.query.limit = limit->value_or(request.query.limit);
  request.query.offset = offset->value_or(0);
  return {};
}

core::Result<void> read_output(const ParameterSet& set, AggregateRequest& request) {
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

core::Result<AggregateRequest> parse_aggregate_request(const TableQuestion& question) {
  constexpr std::array<std::string_view, 11> kNames = {"group", "agg",      "having", "sort",
                                                       "limit", "offset",   "shape",  "version",
                                                       "bom",   "encoding", "excel"};
  auto set = ParameterSet::sort(question, kNames);
  if (!set) return tl::unexpected(std::move(set.error()));
  if (set->near()) {
    return fail_parameter(
        "near", {{"集計では距離順に並べられません。", "An aggregate has no order by distance."},
                 "",
                 "",
                 {"within_distance を where に書いてください。", "Use within_distance in where."}});
  }
  AggregateRequest request;
  request.query.filter = set->filter();
  if (auto read = read_columns(*set, question.schema, request); !read) {
    return tl::unexpected(std::move(read.error()));
  }
  if (auto read = read_having(*set, request); !read) return tl::unexpected(std::move(read.error()));
  if (auto read = read_order(*set, request); !read) return tl::unexpected(std::move(read.error()));
  if (auto read = read_output(*set, request); !read) return tl::unexpected(std::move(read.error()));
  return request;
}

}  // namespace minato::formats
