// bulk_update_private, bulk_update_public, bulk_update_delete.
#include <utility>

#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/writes/validation_error.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

Outcome bulk_update(WriteCall& call, formats::JsonWriter& json,
                    const service::DatasetWrites::Edit& edit) {
  Checks checks(call.arguments);
  if (call.arguments.find("datasets") == nullptr) checks.fail("datasets", "Missing value");
  const auto datasets = checks.list("datasets");
  const std::string organization = checks.required("org_id");
  if (checks.failed()) return checks.failure();
  auto done = call.sources.datasets.change_all(datasets, organization, edit, call.context());
  if (!done) return write_failed(std::move(done).error());
  json.null();
  return {};
}

core::Result<void> make_private(service::DatasetEdit& now) {
  now.dataset.is_private = true;
  return {};
}

core::Result<void> make_public(service::DatasetEdit& now) {
  now.dataset.is_private = false;
  return {};
}

core::Result<void> make_deleted(service::DatasetEdit& now) {
  now.dataset.state = core::State::kDeleted;
  return {};
}

Outcome bulk_update_private(WriteCall& call, formats::JsonWriter& json) {
  return bulk_update(call, json, make_private);
}

Outcome bulk_update_public(WriteCall& call, formats::JsonWriter& json) {
  return bulk_update(call, json, make_public);
}

Outcome bulk_update_delete(WriteCall& call, formats::JsonWriter& json) {
  return bulk_update(call, json, make_deleted);
}

WriteAction row(std::string_view name, Outcome (*run)(WriteCall&, formats::JsonWriter&),
                core::LocalizedText summary) {
  return {
      name,
      run,
      std::move(summary),
      {{"datasets", {"データセットの ID のリスト（必須）", "a list of ids of datasets (required)"}},
       {"org_id",
        {"それらの組織の名前か ID（必須）", "name or id of their organization (required)"}}},
      {"null。1 件でもできなければ、どれも変わりません",
       "null; when one of them cannot be changed, none is"}};
}

}  // namespace

std::vector<WriteAction> bulk_write_actions() {
  return {
      row("bulk_update_private", bulk_update_private,
          {"組織のデータセットをまとめて非公開にします。",
           "Makes datasets of an organization private."}),
      row("bulk_update_public", bulk_update_public,
          {"組織のデータセットをまとめて公開します。",
           "Makes datasets of an organization public."}),
      row("bulk_update_delete", bulk_update_delete,
          {"組織のデータセットをまとめて削除します。", "Deletes datasets of an organization."}),
  };
}

}  // namespace minato::http::ckan
