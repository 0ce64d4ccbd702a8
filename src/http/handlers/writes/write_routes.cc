#include "http/handlers/writes/write_routes.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "http/handlers/writes/dataset_doors.h"
#include "http/handlers/writes/job_doors.h"
#include "http/handlers/writes/me_door.h"
#include "http/handlers/writes/resource_doors.h"
#include "http/handlers/writes/table_doors.h"
#include "http/handlers/writes/upload_doors.h"
#include "http/handlers/writes/write_request.h"
#include "http/handlers/writes/write_sources.h"
#include "service/metadata_schemas.h"

namespace minato::http {
namespace {

using writes::WriteSources;
using Sources = std::shared_ptr<const WriteSources>;
using Door = core::Result<Response> (*)(const WriteSources&, const Request&);

// Room for what a form has beside its file.
constexpr std::uint64_t kFormBytes = std::uint64_t{1024} * 1024;
constexpr std::uint64_t kMaxRowsBody = std::uint64_t{256} * 1024 * 1024;

const std::vector<std::string> kJson = {"application/json"};
const std::vector<std::string> kPatches = {"application/json", "application/merge-patch+json"};

formats::SchemaValidator schema(service::MetadataKind kind) {
  auto compiled = service::metadata_schema(kind);
  if (!compiled) throw std::logic_error("schema of a body: " + compiled.error().message.en);
  return *std::move(compiled);
}

class Rows {
 public:
  explicit Rows(Sources sources) : sources_(std::move(sources)) {}

  Route& add(std::string method, std::string_view pattern, std::string operation, Door door) {
    Route route;
    route.method = std::move(method);
    route.pattern = "/api/v1" + std::string(pattern);
    route.operation = std::move(operation);
    route.handler = [sources = sources_, door](const Request& request) {
      return door(*sources, request);
    };
    route.permission = Permission::kUser;
    route.cache = CacheRule::kNone;
    route.execution = route.method == "GET" ? Execution::kPooled : Execution::kWriting;
    route.varies_by_language = true;
    rows_.push_back(std::move(route));
    return rows_.back();
  }
  // One that takes a body; no types: any.
  void add_taking(Route& row, std::uint64_t max_bytes, std::vector<std::string> types = {}) {
    row.max_body_bytes = max_bytes;
    row.content_types = std::move(types);
  }
  std::vector<Route> take() { return std::move(rows_); }

 private:
  Sources sources_;
  std::vector<Route> rows_;
};

void add_datasets(Rows& rows, std::uint64_t max_file) {
  using namespace writes;
  rows.add_taking(rows.add("POST", "/datasets", "createDataset", create_dataset), kMaxJsonBody,
                  kJson);
  rows.add_taking(rows.add("PATCH", "/datasets/{id}", "patchDataset", patch_dataset), kMaxJsonBody,
                  kPatches);
  rows.add_taking(rows.add("PUT", "/datasets/{id}", "replaceDataset", replace_dataset),
                  kMaxJsonBody, kJson);
  rows.add("DELETE", "/datasets/{id}", "removeDataset", remove_dataset);
  rows.add_taking(rows.add("POST", "/datasets/{id}/resources", "createResource", create_resource),
                  max_file + kFormBytes, {"application/json", "multipart/form-data"});
  Route& shown = rows.add("GET", "/resources/{id}", "getResource", show_resource);
  shown.permission = Permission::kPublic;
  shown.cache = CacheRule::kRevision;
  rows.add_taking(rows.add("PATCH", "/resources/{id}", "patchResource", patch_resource),
                  max_file + kFormBytes,
                  {"application/json", "application/merge-patch+json", "multipart/form-data"});
  rows.add("DELETE", "/resources/{id}", "removeResource", remove_resource);
}

void add_tables(Rows& rows, std::uint64_t max_file) {
  using namespace writes;
  rows.add_taking(rows.add("POST", "/tables/{id}/versions", "createTableVersion", create_version),
                  max_file + kFormBytes);
  rows.add_taking(rows.add("POST", "/tables/{id}/rows", "writeTableRows", write_rows), kMaxRowsBody,
                  {"application/x-ndjson", "application/ndjson", "application/json"});
}

void add_uploads(Rows& rows, std::uint64_t max_file) {
  using namespace writes;
  rows.add_taking(rows.add("POST", "/uploads", "createUpload", begin_upload), kMaxJsonBody, kJson);
  rows.add("GET", "/uploads/{id}", "getUpload", show_upload);
  rows.add_taking(rows.add("PATCH", "/uploads/{id}", "appendUpload", append_upload), max_file);
  rows.add("POST", "/uploads/{id}/complete", "completeUpload", complete_upload);
  rows.add("DELETE", "/uploads/{id}", "removeUpload", remove_upload);
}

void add_jobs(Rows& rows) {
  using namespace writes;
  rows.add("GET", "/jobs", "listJobs", list_jobs);
  rows.add("GET", "/jobs/{id}", "getJob", show_job);
  rows.add("POST", "/jobs/{id}/confirm", "confirmJob", confirm_job);
  rows.add("POST", "/jobs/{id}/cancel", "cancelJob", cancel_job);
  rows.add("GET", "/me", "getMe", show_me);
}

}  // namespace

std::vector<Route> write_routes(const WriteDependencies& dependencies) {
  using service::MetadataKind;
  const auto schemas = std::make_shared<const writes::BodySchemas>(writes::BodySchemas{
      schema(MetadataKind::kDatasetInput), schema(MetadataKind::kResourceInput),
      schema(MetadataKind::kUploadInput), schema(MetadataKind::kTableVersionInput)});
  Rows rows(std::make_shared<const WriteSources>(
      WriteSources{*dependencies.catalog, *dependencies.tables, *dependencies.accounts,
                   *dependencies.store, *dependencies.datasets, *dependencies.uploads,
                   *dependencies.imports, *dependencies.rows, schemas}));
  const auto max_file = static_cast<std::uint64_t>(dependencies.uploads->options().max_bytes);
  add_datasets(rows, max_file);
  add_tables(rows, max_file);
  add_uploads(rows, max_file);
  add_jobs(rows);
  return rows.take();
}

}  // namespace minato::http
