#include "http/handlers/ckan/datastore_dump.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/query/datastore_filters.h"
#include "formats/rows/dump_rows.h"
#include "http/content_disposition.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/datastore_query.h"
#include "http/handlers/ckan/envelope.h"
#include "http/handlers/tables/exports.h"

namespace minato::http::ckan {
namespace {

struct DumpKind {
  std::string_view name;
  formats::DumpFormat format;
  std::string_view media_type;
};

constexpr std::array<DumpKind, 4> kKinds{
    {{"csv", formats::DumpFormat::kCsv, "text/csv; charset=utf-8"},
     {"tsv", formats::DumpFormat::kTsv, "text/tab-separated-values; charset=utf-8"},
     {"json", formats::DumpFormat::kJson, "application/json; charset=utf-8"},
     {"xml", formats::DumpFormat::kXml, "text/xml; charset=utf-8"}}};

// CKAN answers bad parameters of a dump with 400, not with the API's 409.
tl::unexpected<core::Error> bad_request(const Failure& failure) {
  std::string why;
  if (const auto* error = std::get_if<CkanError>(&failure)) {
    why = error->message;
    for (const auto& [field, messages] : error->fields) {
      why += (why.empty() ? "" : "; ") + field + ": " + messages.front();
    }
  }
  return core::fail(core::ErrorCode::kInvalidArgument, "datastore-invalid",
                    {"パラメーターに誤りがあります: " + why, "Wrong parameters: " + why},
                    {"filters、sort、fields、limit を確かめてください。",
                     "Check filters, sort, fields and limit."});
}

// CKAN's dump does not tell a private table from one that is not there.
core::Error hidden(core::Error error) {
  const bool is_closed = error.code == core::ErrorCode::kPermissionDenied ||
                         error.code == core::ErrorCode::kUnauthenticated;
  if (!is_closed) return error;
  return core::fail(core::ErrorCode::kNotFound, "table-missing",
                    {"この ID の表はありません。", "There is no table of this id."},
                    {"リソースの ID を確かめてください。", "Check the id of the resource."})
      .value();
}

core::Result<core::RowQuery> dump_query(const Arguments& arguments,
                                        const core::TableSchema& schema) {
  auto asked = datastore_query(arguments, schema);
  if (!asked) return bad_request(asked.error());
  Checks checks(arguments);
  asked->query.limit = arguments.find("limit") == nullptr ? -1 : checks.natural("limit", 0);
  asked->query.offset = checks.natural("offset", 0);
  if (checks.failed()) return bad_request(checks.failure().value());
  return std::move(asked->query);
}

core::Result<const DumpKind*> kind_of(const Request& request) {
  const std::string* name = request.query_param("format");
  if (name == nullptr || name->empty()) return kKinds.data();
  const auto* kind = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const DumpKind& known) { return known.name == *name; });
  if (kind != kKinds.end()) return kind;
  return core::fail(
      core::ErrorCode::kInvalidArgument, "datastore-invalid",
      {"format は csv、tsv、json、xml のどれかです。", "format is one of csv, tsv, json and xml."},
      {"format を直してください。", "Correct format."});
}

std::vector<formats::DumpField> dump_fields(const core::RowQuery& query,
                                            const core::TableSchema& schema) {
  std::vector<formats::DumpField> fields;
  for (const int column : query.columns) {
    const bool is_id = column == core::Operand::kRowId;
    fields.push_back(
        {field_name(column, schema),
         std::string(is_id ? "int"
                           : formats::datastore_type(
                                 schema.columns[static_cast<std::size_t>(column)].type))});
  }
  return fields;
}

core::Result<Response> dump(service::Tables& tables, const Request& request) {
  const std::string& id = *request.path_param("id");
  const auto kind = kind_of(request);
  if (!kind) return tl::unexpected(kind.error());
  const auto table = tables.find_named(id, request.caller);
  if (!table) return tl::unexpected(hidden(table.error()));
  const Arguments arguments = Arguments::from_params(request.query_params);
  const auto query = dump_query(arguments, *(*table)->schema);
  if (!query) return tl::unexpected(query.error());
  Checks checks(arguments);
  const bool bom = checks.boolean("bom", false);
  auto reader = tables.read_for_export(**table);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto body = tables::stream_rows(
      *std::move(reader), *query,
      formats::make_dump_writer((*kind)->format, dump_fields(*query, *(*table)->schema), bom));
  if (!body) return tl::unexpected(std::move(body).error());
  Response response;
  response.headers.set("Content-Type", std::string((*kind)->media_type));
  response.headers.set("Content-Disposition", attachment(id + "." + std::string((*kind)->name)));
  response.body = *std::move(body);
  return response;
}

}  // namespace

std::vector<Route> datastore_dump_routes(service::Tables& tables) {
  Route route;
  route.method = "GET";
  route.pattern = "/datastore/dump/{id}";
  route.operation = "dumpDatastore";
  route.handler = [&tables](const Request& request) { return dump(tables, request); };
  route.errors = ErrorFormat::kHtml;
  route.cache = CacheRule::kFile;
  route.execution = Execution::kPooled;
  return {route};
}

}  // namespace minato::http::ckan
