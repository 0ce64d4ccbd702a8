#include "http/handlers/tables/aggregates.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "formats/reading_json.h"
#include "formats/rows/csv_rows.h"
#include "formats/rows/json_rows.h"
#include "http/handlers/api_v1/replies.h"
#include "http/handlers/tables/row_pages.h"
#include "http/url.h"

namespace minato::http::tables {

namespace {

using formats::AggregateRequest;
using formats::JsonWriter;

struct Groups {
  std::string rows;
  std::int64_t returned = 0;
  std::int64_t lost_characters = 0;
  bool has_more = false;
};

core::Result<Groups> read_groups(storage::TableReader& reader, const AggregateRequest& request,
                                 formats::RowWriter& writer) {
  core::AggregateQuery query = request.query;
  const std::int64_t limit = query.limit;
  ++query.limit;
  auto cursor = reader.aggregate(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  Groups groups;
  writer.begin(groups.rows);
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) break;
    if (groups.returned == limit) {
      groups.has_more = limit > 0;
      break;
    }
    writer.row((*cursor)->values(), groups.rows);
    ++groups.returned;
  }
  writer.end(groups.rows);
  groups.lost_characters = writer.lost_characters();
  return groups;
}

std::vector<std::string> names_of(const core::TableSchema& schema) {
  std::vector<std::string> names;
  for (const core::TableColumn& column : schema.columns) names.push_back(column.name);
  return names;
}

std::string next_link(const TableCall& call, const AggregateRequest& asked, const Groups& groups) {
  constexpr std::int64_t kMaxOffset = 10'000;  // as the parser allows
  const std::int64_t offset = asked.query.offset + groups.returned;
  if (!groups.has_more || offset > kMaxOffset) return {};
  return call.with("offset", std::to_string(offset));
}

// The same groups as CSV: as many of them, from the first.
std::string csv_link(const TableCall& call) {
  std::string link = call.door("aggregate.csv");
  if (const std::string* limit = call.request().query_param("limit")) {
    link += (link.find('?') == std::string::npos ? "?limit=" : "&limit=") + percent_encode(*limit);
  }
  return link;
}

void write_head(JsonWriter& json, const TableCall& call) {
  const Credit credit = credit_of(call.table(), call.context());
  json.key("meta").begin_object().field("table", call.table().version.table_id);
  json.key("version").integer(call.table().version.version);
  json.field_or_null("license", credit.license_url);
  json.field_or_null("attribution", credit.attribution);
}

// The same from the statistics, when these hold every value of the column; else nullopt.
std::optional<std::vector<core::ValueCount>> known_values(const core::TableSchema& schema,
                                                          int column, std::int64_t limit) {
  const auto& statistics = schema.columns[static_cast<std::size_t>(column)].statistics;
  if (!statistics.distinct_exact ||
      statistics.distinct != static_cast<std::int64_t>(statistics.top.size())) {
    return std::nullopt;
  }
  std::vector<core::ValueCount> values = statistics.top;
  if (statistics.nulls > 0) values.push_back({core::Value{}, statistics.nulls});
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
    if (a.count != b.count) return a.count > b.count;
    const bool a_is_null = a.value.index() == 0;
    const bool b_is_null = b.value.index() == 0;
    return a_is_null == b_is_null ? a.value < b.value : b_is_null;  // null last, as SQL sorts here
  });
  if (static_cast<std::int64_t>(values.size()) > limit) {
    values.resize(static_cast<std::size_t>(limit));
  }
  return values;
}

// Values of one column with counts, most frequent first.
core::Result<std::vector<core::ValueCount>> facet_values(storage::TableReader& reader, int column,
                                                         const formats::FacetsRequest& asked) {
  if (asked.filter.kind == core::Filter::Kind::kAll) {
    if (auto known = known_values(reader.schema(), column, asked.limit)) return *std::move(known);
  }
  core::AggregateQuery query;
  query.filter = asked.filter;
  query.groups = {core::Operand{column, core::ColumnFunction::kNone}};
  query.measures = {core::MeasureExpr{core::Measure::kCount, std::nullopt, "count"}};
  query.sort = {core::RowSort{core::Operand{1, core::ColumnFunction::kNone}, true, false},
                core::RowSort{core::Operand{0, core::ColumnFunction::kNone}, false, false}};
  query.limit = asked.limit;
  auto cursor = reader.aggregate(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  std::vector<core::ValueCount> values;
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return values;
    const auto row = (*cursor)->values();
    values.push_back({core::to_value(row[0]), std::get<std::int64_t>(row[1])});
  }
}

void write_facet(JsonWriter& json, const std::vector<core::ValueCount>& values) {
  json.begin_array();
  for (const core::ValueCount& value : values) {
    json.begin_object().key("value");
    formats::write_json_value(json, value.value);
    json.key("count").integer(value.count).end_object();
  }
  json.end_array();
}

}  // namespace

core::Result<Response> show_aggregate(const TableSources& sources, const Request& request) {
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  const auto asked = formats::parse_aggregate_request(call->question());
  if (!asked) return tl::unexpected(asked.error());
  auto reader = sources.tables.read(call->table());
  if (!reader) return tl::unexpected(std::move(reader).error());
  formats::JsonRowWriter writer(names_of(asked->result), {asked->shape, false});
  const auto groups = read_groups(**reader, *asked, writer);
  if (!groups) return tl::unexpected(groups.error());

  std::string body;
  JsonWriter json(body);
  json.begin_object().key("data").raw(groups->rows);
  write_head(json, *call);
  json.key("returned").integer(groups->returned).end_object();
  json.key("links").begin_object().field("self", call->self());
  json.field_or_null("next", next_link(*call, *asked, *groups));
  json.field("csv", csv_link(*call));
  json.field("schema", table_url(call->table().version.table_id, call->context().site_url));
  json.end_object().end_object();
  Response response = api_v1::json_response(std::move(body));
  call->set_caching(response);
  return response;
}

core::Result<Response> aggregate_csv(const TableSources& sources, const Request& request) {
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  const auto asked = formats::parse_aggregate_request(call->question());
  if (!asked) return tl::unexpected(asked.error());
  auto reader = sources.tables.read(call->table());
  if (!reader) return tl::unexpected(std::move(reader).error());
  formats::CsvStyle style;
  style.bom = asked->text.bom;
  style.cp932 = asked->text.cp932;
  style.excel = asked->text.excel;
  formats::CsvRowWriter writer(names_of(asked->result), style);
  auto groups = read_groups(**reader, *asked, writer);
  if (!groups) return tl::unexpected(std::move(groups).error());
  Response response;
  response.headers.set("Content-Type", media_type_of(RowFormat::kCsv, style.cp932));
  const std::string next = next_link(*call, *asked, *groups);
  if (!next.empty()) response.headers.add("Link", "<" + next + ">; rel=\"next\"");
  describe_file(response, *call, RowFormat::kCsv);
  if (style.cp932) {
    response.headers.set("X-Encoding-Loss", std::to_string(groups->lost_characters));
  }
  call->set_caching(response);
  response.body = std::move(groups->rows);
  return response;
}

core::Result<Response> show_facets(const TableSources& sources, const Request& request) {
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  const auto asked = formats::parse_facets_request(call->question());
  if (!asked) return tl::unexpected(asked.error());
  auto reader = sources.tables.read(call->table());
  if (!reader) return tl::unexpected(std::move(reader).error());
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("data").begin_object();
  for (const int column : asked->columns) {
    const auto values = facet_values(**reader, column, *asked);
    if (!values) return tl::unexpected(values.error());
    json.key(call->schema().columns[static_cast<std::size_t>(column)].name);
    write_facet(json, *values);
  }
  json.end_object();
  write_head(json, *call);
  json.end_object().key("links").begin_object().field("self", call->self());
  json.field("schema", table_url(call->table().version.table_id, call->context().site_url));
  json.end_object().end_object();
  Response response = api_v1::json_response(std::move(body));
  call->set_caching(response);
  return response;
}

}  // namespace minato::http::tables
