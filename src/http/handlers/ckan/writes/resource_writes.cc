// resource_create, resource_update, resource_patch, resource_delete.
#include <algorithm>
#include <optional>
#include <utility>

#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/writes/dataset_dict.h"
#include "http/handlers/ckan/writes/resource_files.h"
#include "http/handlers/ckan/writes/validation_error.h"

namespace minato::http::ckan {
namespace {

using service::DatasetEdit;

// With the job that makes the file a table, as the extra key "import_job".
Outcome write_resource(WriteCall& call, formats::JsonWriter& json, const core::Resource& resource,
                       const std::optional<storage::ImportJob>& job) {
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  std::string text;
  formats::JsonWriter own(text);
  formats::write_ckan_resource(own, resource, shown->context);
  if (job) {
    std::string more;
    formats::JsonWriter(more)
        .begin_object()
        .field("id", job->id)
        .field("state", job_state_name(job->state))
        .end_object();
    text.pop_back();
    text += ",\"import_job\":" + more + "}";
  }
  json.raw(text);
  return {};
}

const core::Resource* find_resource(const core::Dataset& dataset, std::string_view id) {
  const auto found = std::find_if(dataset.resources.begin(), dataset.resources.end(),
                                  [id](const core::Resource& r) { return r.id == id; });
  return found == dataset.resources.end() ? nullptr : &*found;
}

// What came of the file: imported, and the resource as it is now.
struct Received {
  const service::StoredFile* file = nullptr;
  bool replaces = false;
};

Outcome finish(WriteCall& call, formats::JsonWriter& json, const core::Resource& resource,
               const Received& received) {
  if (received.file == nullptr) return write_resource(call, json, resource, std::nullopt);
  const auto job = import_file(call, {resource.id, *received.file, received.replaces});
  if (!job) return tl::unexpected(job.error());
  auto now = call.sources.catalog.resource(resource.id, call.caller);
  return write_resource(call, json, now ? now->resource : resource, *job);
}

Checked<std::string> required_id(const WriteCall& call, std::string_view name) {
  Checks checks(call.arguments);
  std::string id = checks.required(name);
  if (checks.failed()) return checks.failure();
  return id;
}

// The file that came with the call, kept; none when none came.
Checked<std::optional<service::StoredFile>> kept_file(const WriteCall& call,
                                                      std::string_view organization) {
  const UploadedPart* part = call.file("upload");
  if (part == nullptr) return std::nullopt;
  auto file = keep_file(call, *part, organization);
  if (!file) return tl::unexpected(std::move(file).error());
  return std::move(*file);
}

Outcome create_in(WriteCall& call, formats::JsonWriter& json, const std::string& dataset_id,
                  const std::optional<service::StoredFile>& file) {
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  formats::CkanInput input = input_of(call, *shown, formats::AbsentKeys::kClear);
  input.has_file = file.has_value();
  Checks checks(call.arguments);
  const std::string id = checks.text("id");
  if (checks.failed()) return checks.failure();
  std::size_t index = 0;
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    index = now.dataset.resources.size();
    core::Resource resource;
    formats::read_ckan_resource(call.arguments.object(), input, resource,
                                formats::child_pointer("/resources", index), now.wrongs);
    resource.id = id;
    if (file) put_file(resource, *file, call.sources.catalog.now());
    now.dataset.resources.push_back(std::move(resource));
    return {};
  };
  auto written = call.sources.datasets.change(dataset_id, edit, call.context());
  if (!written) return write_failed(std::move(written).error(), index);
  return finish(call, json, written->dataset.resources.at(index), {file ? &*file : nullptr, false});
}

Outcome resource_create(WriteCall& call, formats::JsonWriter& json) {
  const auto id = required_id(call, "package_id");
  if (!id) return tl::unexpected(id.error());
  if (call.file("upload") == nullptr) return create_in(call, json, *id, std::nullopt);
  auto dataset = call.sources.catalog.dataset(*id, call.caller);
  if (!dataset) return failed(std::move(dataset).error());
  const auto file = kept_file(call, dataset->owner_org);
  if (!file) return tl::unexpected(file.error());
  return create_in(call, json, *id, *file);
}

// A file for a resource that has one is not put in its place here: the import does that, when it
// has compared both.
Outcome change_resource(WriteCall& call, formats::JsonWriter& json, formats::AbsentKeys absent) {
  const auto id = required_id(call, "id");
  if (!id) return tl::unexpected(id.error());
  auto found = call.sources.catalog.resource(*id, call.caller);
  if (!found) return failed(std::move(found).error());
  const auto file = kept_file(call, found->dataset.owner_org);
  if (!file) return tl::unexpected(file.error());
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  formats::CkanInput input = input_of(call, *shown, absent);
  input.has_file = file->has_value();
  std::size_t index = 0;
  bool replaces = false;
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    const core::Resource* known = find_resource(now.dataset, *id);
    if (known == nullptr) return {};
    index = static_cast<std::size_t>(known - now.dataset.resources.data());
    core::Resource& resource = now.dataset.resources[index];
    formats::read_ckan_resource(call.arguments.object(), input, resource,
                                formats::child_pointer("/resources", index), now.wrongs);
    replaces = !resource.blob.empty();
    if (*file && !replaces) put_file(resource, **file, call.sources.catalog.now());
    return {};
  };
  auto written = call.sources.datasets.change_of_resource(*id, edit, call.context());
  if (!written) return write_failed(std::move(written).error(), index);
  const core::Resource* now = find_resource(written->dataset, *id);
  if (now == nullptr) return not_found();
  return finish(call, json, *now, {*file ? &**file : nullptr, replaces});
}

Outcome resource_update(WriteCall& call, formats::JsonWriter& json) {
  return change_resource(call, json, formats::AbsentKeys::kClear);
}

Outcome resource_patch(WriteCall& call, formats::JsonWriter& json) {
  return change_resource(call, json, formats::AbsentKeys::kKeep);
}

Outcome resource_delete(WriteCall& call, formats::JsonWriter& json) {
  const auto id = required_id(call, "id");
  if (!id) return tl::unexpected(id.error());
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    std::erase_if(now.dataset.resources, [&](const core::Resource& r) { return r.id == *id; });
    return {};
  };
  auto written = call.sources.datasets.change_of_resource(*id, edit, call.context());
  if (!written) return write_failed(std::move(written).error());
  json.null();
  return {};
}

std::vector<ActionParameter> parameters(ActionParameter first) {
  return {
      std::move(first),
      {"url", {"ファイルの URL（upload がないとき）", "address of the file (without upload)"}},
      {"upload",
       {"ファイルそのもの（multipart/form-data）", "the file itself (multipart/form-data)"}},
      {"name, description, format, mimetype, size, hash, resource_type, last_modified",
       {"名前、説明、形式など", "name, description, format and so on"}},
      {"clear_upload", {"true で、保存したファイルを外す", "true: the kept file goes"}},
  };
}

ActionParameter resource_id() {
  return {"id", {"リソースの ID（必須）", "id of the resource (required)"}};
}

core::LocalizedText result() {
  return {
      "リソースの辞書。ファイルを送ると、表への取り込みのジョブ {id, state} が import_job "
      "に入ります",
      "the resource dictionary; with a file, import_job has the job {id, state} that makes it a "
      "table"};
}

}  // namespace

std::vector<WriteAction> resource_write_actions() {
  return {
      {"resource_create",
       resource_create,
       {"データセットにリソースを加えます。", "Adds a resource to a dataset."},
       parameters({"package_id",
                   {"データセットの名前か ID（必須）", "name or id of the dataset (required)"}}),
       result()},
      {"resource_update",
       resource_update,
       {"リソースを置き換えます。書かなかった項目は消えます。新しいファイルは、いまの表と比べて問題"
        "がなければ公開されます。",
        "Replaces a resource; what is not given is cleared. A new file is published when nothing "
        "in it looks like a mistake, compared with the table of now."},
       parameters(resource_id()),
       result()},
      {"resource_patch",
       resource_patch,
       {"リソースの、書いた項目だけを変えます。", "Changes the given fields of a resource."},
       parameters(resource_id()),
       result()},
      {"resource_delete",
       resource_delete,
       {"リソースを、その表とともに削除します。", "Removes a resource with its table."},
       {resource_id()},
       {"null", "null"}},
  };
}

}  // namespace minato::http::ckan
