#include "http/handlers/writes/table_doors.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "formats/rows_input/json_record.h"
#include "formats/rows_input/ndjson_records.h"
#include "http/handlers/ckan/body_window.h"
#include "http/handlers/writes/given_files.h"
#include "http/handlers/writes/write_replies.h"
#include "http/handlers/writes/write_request.h"
#include "http/negotiation.h"
#include "http/url.h"

namespace minato::http::writes {
namespace {

using service::RowMethod;

constexpr std::size_t kMaxRowsJson = std::size_t{64} * 1024 * 1024;
constexpr int kMaxDepth = 32;

std::string media_type_in(const Request& request) {
  const std::string* type = request.headers.find("Content-Type");
  return type == nullptr ? std::string() : media_type_of(*type);
}

tl::unexpected<core::Error> no_file() {
  return core::fail(
      core::ErrorCode::kInvalidArgument, "file-missing",
      {"ファイルがありません。", "There is no file in the request."},
      {"multipart のファイル、?filename= を付けた本文、または {\"upload\": ID} を送ってください。",
       "Send a multipart file, a body with ?filename=, or {\"upload\": id}."});
}

core::Result<service::StoredFile> file_of_upload(const WriteSources& sources,
                                                 const Request& request) {
  const auto json = json_body(request, sources.schemas->table_version, "body-invalid");
  if (!json) return tl::unexpected(json.error());
  return sources.uploads.complete((*json)["upload"].GetString(), request.caller);
}

// A body that is JSON and has no file name names an upload; else it is the file.
core::Result<service::StoredFile> file_of(const WriteSources& sources, const Request& request) {
  if (is_form(request)) {
    const auto form = read_form(request);
    if (!form) return tl::unexpected(form.error());
    if (!form->file) return no_file();
    return keep_part(sources, request, *form->file);
  }
  const std::string name = body_file_name(request);
  if (name.empty() && media_type_in(request) == "application/json") {
    return file_of_upload(sources, request);
  }
  if (name.empty() || request.body.size == 0) return no_file();
  return keep_body(sources, request, name);
}

// The version of the resource's first table; 0: it has none.
core::Result<std::int64_t> current_version(const WriteSources& sources, const Request& request,
                                           const std::string& resource_id) {
  const auto tables = sources.tables.of_resource(resource_id, request.caller);
  if (!tables) return tl::unexpected(tables.error());
  return tables->empty() ? 0 : tables->front().version;
}

std::optional<RowMethod> method_of(const std::string& name) {
  if (name.empty() || name == "upsert") return RowMethod::kUpsert;
  if (name == "insert") return RowMethod::kInsert;
  if (name == "update") return RowMethod::kUpdate;
  return std::nullopt;
}

bool read_flag(api_v1::Parameters& parameters, std::string_view name) {
  const std::string value = parameters.value(name);
  if (!value.empty() && value != "true" && value != "false") {
    parameters.reject_choice(name, value, {"true", "false"});
  }
  return value == "true";
}

core::Result<service::RowWriteRequest> read_row_request(const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 3> kRules = {
      {{"method"}, {"dry_run"}, {"force"}}};
  api_v1::Parameters parameters(request.query_params, kRules);
  service::RowWriteRequest asked;
  asked.resource_id = *request.path_param("id");
  const std::string name = parameters.value("method");
  const auto method = method_of(name);
  if (!method) parameters.reject_choice("method", name, {"upsert", "insert", "update"});
  asked.method = method.value_or(RowMethod::kUpsert);
  asked.dry_run = read_flag(parameters, "dry_run");
  asked.force = read_flag(parameters, "force");
  if (auto checked = parameters.check(); !checked) return tl::unexpected(checked.error());
  const auto version = matched_version(request);
  if (!version) return tl::unexpected(version.error());
  asked.if_version = *version;
  return asked;
}

tl::unexpected<core::Error> too_many_records(std::int64_t most) {
  const std::string number = std::to_string(most);
  return core::fail(core::ErrorCode::kTooLarge, "too-many-records",
                    {"1 回に送れるのは " + number + " 行までです。",
                     "At most " + number + " records can be sent at once."},
                    {"何回かに分けるか、ファイルを新しい版として送ってください。",
                     "Send them in several requests, or a file as a new version."});
}

// A JSON list of objects.
core::Result<std::vector<core::RowRecord>> listed_records(const Request& request,
                                                          const formats::RecordLimits& limits) {
  ckan::BodyWindow window(request.body);
  const auto text = window.view(0, std::min<std::uint64_t>(request.body.size, kMaxRowsJson + 1));
  if (!text) return tl::unexpected(text.error());
  const auto parsed = formats::parse_json(*text, {kMaxRowsJson, kMaxDepth});
  if (!parsed) return tl::unexpected(parsed.error());
  if (!parsed->IsArray()) {
    return core::fail(core::ErrorCode::kInvalidArgument, "record-invalid",
                      {"JSON の本文は行の並び（[…]）です。", "A JSON body is a list of records."},
                      {"[{\"列\": 値}] の形か、NDJSON（application/x-ndjson）で送ってください。",
                       "Send [{\"column\": value}], or NDJSON (application/x-ndjson)."});
  }
  if (static_cast<std::int64_t>(parsed->Size()) > limits.max_records) {
    return too_many_records(limits.max_records);
  }
  std::vector<core::RowRecord> records;
  for (rapidjson::SizeType i = 0; i < parsed->Size(); ++i) {
    auto record = formats::read_record((*parsed)[i], limits.id_name);
    if (!record) {
      core::Error error = std::move(record).error();
      core::ErrorDetail detail;
      detail.param = formats::child_pointer("/records", std::size_t{i});
      detail.position = "record " + std::to_string(i);
      detail.message = error.message;
      error.details.push_back(std::move(detail));
      return tl::unexpected<core::Error>(std::move(error));
    }
    records.push_back(*std::move(record));
  }
  return records;
}

core::Result<std::vector<core::RowRecord>> read_records(const WriteSources& sources,
                                                        const Request& request) {
  formats::RecordLimits limits;
  limits.max_records = sources.rows.options().max_records;
  if (media_type_in(request) == "application/json") return listed_records(request, limits);
  if (request.body.spool) {
    formats::NdjsonRecords lines(request.body.spool.get(), limits);
    return formats::read_all(lines);
  }
  formats::NdjsonRecords lines(std::string_view(request.body.memory), limits);
  return formats::read_all(lines);
}

}  // namespace

core::Result<Response> create_version(const WriteSources& sources, const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 2> kRules = {{{"filename"}, {"review"}}};
  api_v1::Parameters parameters(request.query_params, kRules);
  const auto review =
      read_flag(parameters, "review") ? service::Review::kAlways : service::Review::kOnBrakes;
  if (auto known = parameters.check(); !known) return tl::unexpected(known.error());
  const std::string resource_id = service::resource_of_table(*request.path_param("id"));
  const auto found = sources.catalog.resource(resource_id, request.caller);
  if (!found) return tl::unexpected(found.error());
  // Before any byte is kept.
  if (auto may = may_change(request, found->dataset.owner_org); !may) {
    return tl::unexpected(may.error());
  }
  const auto context = write_context(request);
  if (!context) return tl::unexpected(context.error());
  const auto version = current_version(sources, request, resource_id);
  if (!version) return tl::unexpected(version.error());
  if (auto fine = check_version(request, *version); !fine) return tl::unexpected(fine.error());
  const auto file = file_of(sources, request);
  if (!file) return tl::unexpected(file.error());
  const auto job = sources.imports.submit(resource_id, *file, *context, review);
  if (!job) return tl::unexpected(job.error());
  std::string data;
  formats::JsonWriter json(data);
  write_job(json, *job, sources.site_url(), request.language);
  const std::string self = job_url(sources.site_url(), job->id);
  Response response = data_reply(202, data, self);
  response.headers.set("Location", self);
  return response;
}

core::Result<Response> write_rows(const WriteSources& sources, const Request& request) {
  auto asked = read_row_request(request);
  if (!asked) return tl::unexpected(std::move(asked).error());
  const auto context = write_context(request);
  if (!context) return tl::unexpected(context.error());
  auto records = read_records(sources, request);
  if (!records) return tl::unexpected(std::move(records).error());
  asked->records = *std::move(records);
  const auto written = sources.rows.write(*asked, *context);
  if (!written) return tl::unexpected(written.error());
  std::string data;
  formats::JsonWriter json(data);
  json.begin_object().key("inserted").integer(written->inserted);
  json.key("updated").integer(written->updated).key("unchanged").integer(written->unchanged);
  json.key("rows").integer(written->rows).key("version");
  if (written->version > 0) {
    json.integer(written->version);
  } else {
    json.null();
  }
  json.key("dry_run").boolean(asked->dry_run).end_object();
  Response response = data_reply(
      200, data, sources.site_url() + "/api/v1/tables/" + percent_encode(asked->resource_id));
  if (written->version > 0) {
    response.headers.set("ETag", "\"" + std::to_string(written->version) + "\"");
  }
  return response;
}

}  // namespace minato::http::writes
