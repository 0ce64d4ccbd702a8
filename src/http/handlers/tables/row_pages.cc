#include "http/handlers/tables/row_pages.h"

#include <array>
#include <charconv>
#include <utility>

#include "formats/query/row_filter.h"
#include "formats/rows/json_rows.h"
#include "http/content_disposition.h"
#include "http/handlers/api_v1/parameters.h"
#include "http/handlers/api_v1/replies.h"

namespace minato::http::tables {

namespace {

using formats::JsonWriter;
using formats::RowsRequest;

// How many rows may be visited to count without being asked to count exactly.
constexpr std::int64_t kCountBudget = 100'000;

constexpr std::array<api_v1::ParameterRule, 3> kRowParameters{
    {{"select", false}, {"shape", false}, {"version", false}}};

struct Page {
  std::string rows;
  std::int64_t returned = 0;
  std::int64_t lost_characters = 0;
  std::optional<std::int64_t> next_after;  // row number; set when there is more
};

// Reads one row more than shown, to know whether there is a next page.
core::Result<Page> read_page(storage::TableReader& reader, const RowsRequest& request,
                             formats::RowWriter& writer) {
  core::RowQuery query = request.query;
  const std::int64_t limit = query.limit;
  if (limit > 0) ++query.limit;
  auto cursor = reader.rows(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  Page page;
  std::int64_t last_row = 0;
  writer.begin(page.rows);
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) break;
    if (page.returned == limit) {
      page.next_after = last_row;
      break;
    }
    writer.row((*cursor)->values(), page.rows);
    if (++page.returned == limit && !query.distinct) last_row = (*cursor)->position().row;
  }
  writer.end(page.rows);
  page.lost_characters = writer.lost_characters();
  return page;
}

core::Result<RowsRequest> parse(const TableCall& call) {
  auto request = formats::parse_rows_request(call.question());
  if (request && call.cursor()) {
    request->query.after = core::RowPosition{{}, call.cursor()->row};
    request->query.offset = 0;
  }
  return request;
}

void write_count(JsonWriter& json, const std::optional<core::RowCount>& count) {
  json.key("count");
  if (!count) {
    json.null();
    return;
  }
  json.begin_object().key("value").integer(count->value);
  json.field("relation", count->exact ? "eq" : "gte").end_object();
}

void write_meta(JsonWriter& json, const TableCall& call, const Page& page,
                const std::optional<core::RowCount>& count) {
  const Credit credit = credit_of(call.table(), call.context());
  json.key("meta").begin_object().field("table", call.table().version.table_id);
  json.key("version").integer(call.table().version.version);
  write_count(json, count);
  json.key("returned").integer(page.returned);
  json.field_or_null("license", credit.license_url);
  json.field_or_null("attribution", credit.attribution).end_object();
}

void write_links(JsonWriter& json, const TableCall& call, const std::string& next) {
  const std::string table = table_url(call.table().version.table_id, call.context().site_url);
  json.key("links").begin_object().field("self", call.self()).field_or_null("next", next);
  json.field("first", call.with("cursor", ""));
  for (const auto format :
       {RowFormat::kCsv, RowFormat::kTsv, RowFormat::kNdjson, RowFormat::kXlsx}) {
    const std::string name(extension_of(format));
    json.field(name, call.door("export." + name));
  }
  if (formats::has_coordinates(call.schema())) json.field("geojson", call.door("export.geojson"));
  json.field("schema", table).end_object();
}

std::string next_link(const TableCall& call, const Page& page) {
  return page.next_after ? call.page_after(*page.next_after) : std::string();
}

std::string stem_of(const service::FoundTable& table) {
  std::string name = table.version.file_name;
  const std::size_t dot = name.find_last_of('.');
  if (dot != std::string::npos && dot > 0) name.resize(dot);
  if (name.empty()) name = table.dataset.name;
  if (table.version.part > 1) name += "-" + std::to_string(table.version.part);
  return name;
}

core::Result<std::int64_t> row_number(const Request& request) {
  const std::string& text = *request.path_param("row");
  std::int64_t number = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault == std::errc{} && rest == text.data() + text.size() && number > 0) return number;
  return core::fail(core::ErrorCode::kNotFound, "row-not-found",
                    {"その行はありません。", "There is no such row."},
                    {"行番号は 1 からの整数です。", "Rows are numbered from 1."});
}

}  // namespace

core::Result<std::optional<core::RowCount>> count_rows(storage::TableReader& reader,
                                                       const RowsRequest& request,
                                                       formats::CountMode mode) {
  if (mode == formats::CountMode::kNone) return std::nullopt;
  core::Filter filter = request.query.filter;
  if (const auto& near = request.query.near; near && near->metres) {
    core::Filter within;
    within.kind = core::Filter::Kind::kTest;
    within.op = core::FilterOp::kWithinDistance;
    within.values = {near->latitude, near->longitude, *near->metres};
    filter = formats::both(std::move(filter), std::move(within));
  }
  auto count = reader.count(filter, mode == formats::CountMode::kExact ? -1 : kCountBudget);
  if (!count) return tl::unexpected(std::move(count).error());
  return *count;
}

void describe_file(Response& response, const TableCall& call, RowFormat format) {
  const Credit credit = credit_of(call.table(), call.context());
  response.headers.set("Content-Disposition",
                       attachment(stem_of(call.table()) + "." + std::string(extension_of(format))));
  if (!credit.license_url.empty()) {
    response.headers.add("Link", "<" + credit.license_url + ">; rel=\"license\"");
  }
  response.headers.add("Link",
                       "<" + table_url(call.table().version.table_id, call.context().site_url) +
                           ">; rel=\"describedby\"; type=\"application/json\"");
}

core::Result<Response> list_rows(const TableSources& sources, const Request& request) {
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  const auto asked = parse(*call);
  if (!asked) return tl::unexpected(asked.error());
  auto reader = sources.tables.read(call->table());
  if (!reader) return tl::unexpected(std::move(reader).error());
  formats::JsonRowWriter writer(asked->names, {asked->shape, false});
  auto page = read_page(**reader, *asked, writer);
  if (!page) return tl::unexpected(std::move(page).error());
  const auto count = count_rows(**reader, *asked, asked->count);
  if (!count) return tl::unexpected(count.error());

  std::string body;
  body.reserve(page->rows.size() + 2048);
  JsonWriter json(body);
  json.begin_object().key("data").raw(page->rows);
  write_meta(json, *call, *page, *count);
  write_links(json, *call, next_link(*call, *page));
  json.end_object();
  Response response = api_v1::json_response(std::move(body));
  call->set_caching(response);
  return response;
}

core::Result<Response> row_page_file(const TableSources& sources, const Request& request,
                                     RowFormat format) {
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  auto asked = parse(*call);
  if (!asked) return tl::unexpected(std::move(asked).error());
  auto writer = make_row_writer(format, *asked, call->schema());
  if (!writer) return tl::unexpected(std::move(writer).error());
  auto reader = sources.tables.read(call->table());
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto page = read_page(**reader, *asked, **writer);
  if (!page) return tl::unexpected(std::move(page).error());
  const auto count = count_rows(**reader, *asked, asked->count);
  if (!count) return tl::unexpected(count.error());

  Response response;
  response.headers.set("Content-Type", media_type_of(format, asked->text.cp932));
  const std::string next = next_link(*call, *page);
  if (!next.empty()) response.headers.add("Link", "<" + next + ">; rel=\"next\"");
  describe_file(response, *call, format);
  if (*count && (*count)->exact) {
    response.headers.set("X-Total-Count", std::to_string((*count)->value));
  }
  if (asked->text.cp932) {
    response.headers.set("X-Encoding-Loss", std::to_string(page->lost_characters));
  }
  call->set_caching(response);
  response.body = std::move(page->rows);
  return response;
}

core::Result<Response> show_row(const TableSources& sources, const Request& request) {
  if (auto known = api_v1::Parameters(request.query_params, kRowParameters).check(); !known) {
    return tl::unexpected(known.error());
  }
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  const auto number = row_number(request);
  if (!number) return tl::unexpected(number.error());
  auto asked = formats::parse_rows_request(call->question());
  if (!asked) return tl::unexpected(std::move(asked).error());
  core::Filter is_row;
  is_row.kind = core::Filter::Kind::kTest;
  is_row.values = {*number};
  asked->query.filter = formats::both(std::move(asked->query.filter), std::move(is_row));
  asked->query.limit = 1;
  auto reader = sources.tables.read(call->table());
  if (!reader) return tl::unexpected(std::move(reader).error());
  formats::JsonRowWriter writer(asked->names, {asked->shape, true});
  const auto page = read_page(**reader, *asked, writer);
  if (!page) return tl::unexpected(page.error());
  if (page->returned == 0) {
    return core::fail(core::ErrorCode::kNotFound, "row-not-found",
                      {"その行はありません。", "There is no such row."},
                      {"行番号は 1 から " + std::to_string(call->schema().rows) + " までです。",
                       "Rows are numbered 1 to " + std::to_string(call->schema().rows) + "."});
  }
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("data").raw(
      std::string_view(page->rows).substr(0, page->rows.size() - 1));
  write_meta(json, *call, *page, std::nullopt);
  json.key("links").begin_object().field("self", call->self());
  json.field("schema", table_url(call->table().version.table_id, call->context().site_url));
  json.end_object().end_object();
  Response response = api_v1::json_response(std::move(body));
  call->set_caching(response);
  return response;
}

}  // namespace minato::http::tables
