#include "http/handlers/ckan/writes/package_places.h"

#include <algorithm>
#include <set>
#include <utility>

#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/writes/validation_error.h"

namespace minato::http::ckan {
namespace {

// The ids of "order"; a text that is a JSON list will do (multipart has only texts).
Checked<std::vector<std::string>> wanted_order(const WriteCall& call) {
  const auto* order = call.arguments.find("order");
  const bool is_text = order != nullptr && order->IsString();
  if (order != nullptr && !order->IsArray() && !is_text) {
    return invalid_text("order", "Must be a list of resource.");
  }
  Checks checks(call.arguments);
  if (order == nullptr) checks.fail("order", "Missing value");
  auto ids = checks.list("order");
  if (checks.failed()) return checks.failure();
  if (std::set<std::string>(ids.begin(), ids.end()).size() != ids.size()) {
    return invalid_text("order", "Must supply unique resource_ids");
  }
  return ids;
}

// Those of `order` first, the others behind them as they were. The first id that is none of the
// dataset's resources, or nothing.
std::string put_in_order(const std::vector<std::string>& order,
                         std::vector<core::Resource>& resources) {
  auto next = resources.begin();
  for (const std::string& id : order) {
    const auto found =
        std::find_if(next, resources.end(), [&](const core::Resource& r) { return r.id == id; });
    if (found == resources.end()) return id;
    std::rotate(next, found, found + 1);
    ++next;
  }
  return {};
}

Outcome package_resource_reorder(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto order = wanted_order(call);
  if (!order) return tl::unexpected(order.error());
  std::string unknown;
  const auto edit = [&](service::DatasetEdit& now) -> core::Result<void> {
    unknown = put_in_order(*order, now.dataset.resources);
    if (unknown.empty()) return {};
    return core::fail(core::ErrorCode::kInvalidArgument, "dataset-invalid",
                      {"並べ替えの順に、このデータセットにないリソースがあります。",
                       "The order names a resource that the dataset does not have."},
                      {"order にはこのデータセットのリソースの ID だけを書いてください。",
                       "Put only ids of the dataset's resources into order."});
  };
  auto written = call.sources.datasets.change(id, edit, call.context());
  if (!unknown.empty()) {
    return invalid_text("order", "resource_id " + shortened(unknown) + " can not be found");
  }
  if (!written) return write_failed(std::move(written).error());
  json.begin_object().field("id", id).key("order").begin_array();
  for (const core::Resource& resource : written->dataset.resources) json.string(resource.id);
  json.end_array().end_object();
  return {};
}

Outcome package_owner_org_update(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  const std::string organization = checks.text("organization_id");
  if (checks.failed()) return checks.failure();
  if (!organization.empty()) {
    auto found = call.sources.catalog.group(core::GroupKind::kOrganization, organization);
    if (!found && found.error().code == core::ErrorCode::kNotFound) {
      return not_found("Organization was not found.");
    }
    if (!found) return failed(std::move(found).error());
  }
  const auto edit = [&](service::DatasetEdit& now) -> core::Result<void> {
    now.dataset.owner_org = organization;
    return {};
  };
  auto written = call.sources.datasets.change(id, edit, call.context());
  if (!written) return write_failed(std::move(written).error());
  json.null();
  return {};
}

}  // namespace

WriteAction package_resource_reorder_action() {
  return {"package_resource_reorder",
          package_resource_reorder,
          {"リソースを並べ替えます。order にないものは、後ろにもとの順で続きます。",
           "Puts the resources of a dataset in order. Those not named follow as they were."},
          {{"id", {"データセットの名前か ID（必須）", "name or id of the dataset (required)"}},
           {"order", {"リソースの ID のリスト（必須）", "a list of resource ids (required)"}}},
          {"id と order の辞書", "a dictionary of id and order"}};
}

WriteAction package_owner_org_update_action() {
  return {"package_owner_org_update",
          package_owner_org_update,
          {"データセットを別の組織へ移します。両方の組織の編集者だけができます。",
           "Moves a dataset to another organization. Its caller is an editor of both."},
          {{"id", {"データセットの名前か ID（必須）", "name or id of the dataset (required)"}},
           {"organization_id", {"移す先の組織の名前か ID", "name or id of the new organization"}}},
          {"null", "null"}};
}

}  // namespace minato::http::ckan
