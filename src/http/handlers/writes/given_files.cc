#include "http/handlers/writes/given_files.h"

#include <algorithm>
#include <utility>

#include "auth/permissions.h"
#include "http/handlers/ckan/part_head.h"
#include "http/handlers/ckan/writes/resource_files.h"
#include "http/handlers/writes/write_replies.h"
#include "http/negotiation.h"
#include "http/url.h"

namespace minato::http::writes {
namespace {

service::PartBytes bytes_of(const Body& body, std::uint64_t offset, std::uint64_t length) {
  service::PartBytes bytes;
  bytes.size = static_cast<std::int64_t>(length);
  if (body.spool) {
    bytes.fd = body.spool.get();
    bytes.offset = static_cast<std::int64_t>(offset);
  } else {
    bytes.memory = std::string_view(body.memory).substr(offset, length);
  }
  return bytes;
}

std::string media_type_in(const Request& request) {
  const std::string* type = request.headers.find("Content-Type");
  return type == nullptr ? std::string() : media_type_of(*type);
}

tl::unexpected<core::Error> not_utf8() {
  return core::fail(core::ErrorCode::kInvalidArgument, "multipart-syntax",
                    {"フォームの項目が UTF-8 ではありません。", "A part of the form is not UTF-8."},
                    {"項目名、値、ファイル名を UTF-8 で送ってください。",
                     "Send names, values and file names in UTF-8."});
}

bool is_utf8(const ckan::FormPart& part) {
  return is_valid_utf8(part.name) && is_valid_utf8(part.text) && is_valid_utf8(part.file_name);
}

}  // namespace

core::Result<GivenFiles> take_uploads(const WriteSources& sources, const Request& request,
                                      const std::vector<std::string>& ids) {
  GivenFiles files;
  for (const std::string& id : ids) {
    if (files.contains(id)) continue;
    auto file = sources.uploads.complete(id, request.caller);
    if (!file) return tl::unexpected(std::move(file).error());
    files.emplace(id, *std::move(file));
  }
  return files;
}

bool is_form(const Request& request) { return media_type_in(request) == "multipart/form-data"; }

core::Result<Form> read_form(const Request& request) {
  auto parts =
      ckan::parse_multipart(request.body, ckan::boundary_of(*request.headers.find("Content-Type")));
  if (!parts) return tl::unexpected(std::move(parts).error());
  Form form{std::nullopt, rapidjson::Document(rapidjson::kObjectType)};
  auto& allocator = form.texts.GetAllocator();
  for (ckan::FormPart& part : *parts) {
    if (!is_utf8(part)) return not_utf8();
    if (part.is_file) {
      // A browser sends a file field that was left empty as a file without a name.
      const bool is_there = !part.file_name.empty() || part.length > 0;
      if (is_there && !form.file) form.file = std::move(part);
      continue;
    }
    form.texts.AddMember(rapidjson::Value(part.name, allocator),
                         rapidjson::Value(part.text, allocator), allocator);
  }
  return form;
}

core::Result<service::StoredFile> keep_part(const WriteSources& sources, const Request& request,
                                            const ckan::FormPart& part) {
  const service::NewUpload wanted{
      part.file_name, part.media_type, static_cast<std::int64_t>(part.length), {}};
  return sources.uploads.store(wanted, bytes_of(request.body, part.offset, part.length));
}

core::Result<service::StoredFile> keep_body(const WriteSources& sources, const Request& request,
                                            const std::string& file_name) {
  const std::uint64_t size = request.body.size;
  const service::NewUpload wanted{
      file_name, media_type_in(request), static_cast<std::int64_t>(size), {}};
  return sources.uploads.store(wanted, bytes_of(request.body, 0, size));
}

std::string body_file_name(const Request& request) {
  if (const std::string* header = request.headers.find("Content-Disposition")) {
    auto name = ckan::read_part_head("Content-Disposition: " + *header + "\r\n").file_name;
    if (name && !name->empty() && is_valid_utf8(*name)) return *std::move(name);
  }
  const std::string* parameter = request.query_param("filename");
  return parameter == nullptr ? std::string() : *parameter;
}

core::Result<void> may_change(const Request& request, std::string_view organization) {
  return auth::require(auth::Action::kUpdateDataset, request.caller, organization);
}

GivenFile give_file(core::Resource& resource, const service::StoredFile& file,
                    core::Timestamp now) {
  GivenFile given{resource.id, file, resource.url_type == "upload" && !resource.blob.empty()};
  if (!given.replaces) ckan::put_file(resource, file, now);
  return given;
}

core::Result<std::vector<std::string>> start_imports(const WriteSources& sources,
                                                     const std::vector<GivenFile>& files,
                                                     const service::WriteContext& context) {
  std::vector<std::string> jobs;
  for (const GivenFile& given : files) {
    service::WriteContext of_file = context;
    // One key makes one job.
    if (!of_file.idempotency_key.empty()) of_file.idempotency_key += "/" + given.resource_id;
    const auto job = sources.imports.submit(given.resource_id, given.file, of_file);
    if (job) jobs.push_back(job_url(sources.site_url(), job->id));
    if (!job && given.replaces) return tl::unexpected(job.error());
  }
  return jobs;
}

}  // namespace minato::http::writes
