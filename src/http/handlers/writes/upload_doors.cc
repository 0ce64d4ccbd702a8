#include "http/handlers/writes/upload_doors.h"

#include <array>
#include <utility>

#include "http/handlers/writes/part_fields.h"
#include "http/handlers/writes/write_replies.h"
#include "http/handlers/writes/write_request.h"
#include "service/repeatable.h"

namespace minato::http::writes {
namespace {

using storage::Upload;

service::NewUpload wanted_of(const rapidjson::Value& json) {
  service::NewUpload wanted;
  wanted.file_name = formats::string_member(json, "file_name").value_or("");
  wanted.media_type = formats::string_member(json, "media_type").value_or("");
  wanted.sha256 = formats::string_member(json, "sha256").value_or("");
  for (char& c : wanted.sha256) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  const rapidjson::Value* size = formats::find_member(json, "size");
  wanted.size = size != nullptr && size->IsInt64() ? size->GetInt64() : 0;
  return wanted;
}

void set_progress(Response& response, const Upload& upload) {
  response.headers.set("Upload-Offset", std::to_string(upload.received));
  response.headers.set("Upload-Length", std::to_string(upload.size));
  response.headers.set("Upload-Complete", upload.state == Upload::State::kComplete ? "?1" : "?0");
}

Response upload_reply(const WriteSources& sources, const Upload& upload, int status) {
  std::string data;
  formats::JsonWriter json(data);
  write_upload(json, upload, sources.site_url());
  Response response = data_reply(status, data, upload_url(sources.site_url(), upload.id));
  set_progress(response, upload);
  return response;
}

service::PartBytes bytes_of(const Body& body) {
  service::PartBytes bytes;
  bytes.size = static_cast<std::int64_t>(body.size);
  if (body.spool) {
    bytes.fd = body.spool.get();
  } else {
    bytes.memory = body.memory;
  }
  return bytes;
}

}  // namespace

core::Result<Response> begin_upload(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  const auto context = write_context(request);
  if (!context) return tl::unexpected(context.error());
  const auto json = json_body(request, sources.schemas->upload, "body-invalid");
  if (!json) return tl::unexpected(json.error());
  const auto begin = [&]() -> core::Result<std::string> {
    auto upload = sources.uploads.begin(wanted_of(*json), request.caller);
    if (!upload) return tl::unexpected(std::move(upload).error());
    return std::move(upload->id);
  };
  const auto forget = [&](const std::string& id) {
    // What is not aborted now expires.
    static_cast<void>(sources.uploads.abort(id, request.caller));
  };
  const auto id = service::once(sources.store, *context, begin, forget);
  if (!id) return tl::unexpected(id.error());
  const auto upload = sources.uploads.find(*id, request.caller);
  if (!upload) return tl::unexpected(upload.error());
  Response response = upload_reply(sources, *upload, 201);
  response.headers.set("Location", upload_url(sources.site_url(), upload->id));
  return response;
}

core::Result<Response> show_upload(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  const auto upload = sources.uploads.find(*request.path_param("id"), request.caller);
  if (!upload) return tl::unexpected(upload.error());
  return upload_reply(sources, *upload, 200);
}

core::Result<Response> append_upload(const WriteSources& sources, const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 1> kRules = {{{"offset"}}};
  if (auto known = only_parameters(request, kRules); !known) return tl::unexpected(known.error());
  const auto part = read_part_fields(request);
  if (!part) return tl::unexpected(part.error());
  const std::string& id = *request.path_param("id");
  const auto upload = sources.uploads.append(id, part->offset, bytes_of(request.body), part->sha256,
                                             request.caller);
  if (!upload) return tl::unexpected(upload.error());
  Response response = empty_reply();
  set_progress(response, *upload);
  return response;
}

core::Result<Response> complete_upload(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  // Completing twice does nothing twice, with a key or without.
  if (const auto context = write_context(request); !context) {
    return tl::unexpected(context.error());
  }
  const std::string& id = *request.path_param("id");
  if (const auto file = sources.uploads.complete(id, request.caller); !file) {
    return tl::unexpected(file.error());
  }
  const auto upload = sources.uploads.find(id, request.caller);
  if (!upload) return tl::unexpected(upload.error());
  return upload_reply(sources, *upload, 200);
}

core::Result<Response> remove_upload(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  const auto done = sources.uploads.abort(*request.path_param("id"), request.caller);
  if (!done) return tl::unexpected(done.error());
  return empty_reply();
}

}  // namespace minato::http::writes
