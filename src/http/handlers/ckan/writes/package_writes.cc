// package_create, package_update, package_patch, package_delete, dataset_purge.
#include <utility>

#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/writes/dataset_dict.h"
#include "http/handlers/ckan/writes/package_places.h"
#include "http/handlers/ckan/writes/package_revise.h"
#include "http/handlers/ckan/writes/validation_error.h"

namespace minato::http::ckan {
namespace {

Outcome package_create(WriteCall& call, formats::JsonWriter& json) {
  const rapidjson::Value& dict = call.arguments.object();
  if (auto fits = check_shape(dict); !fits) return fits;
  Checks checks(call.arguments);
  const std::string id = checks.text("id");
  if (checks.failed()) return checks.failure();
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  service::DatasetEdit wanted;
  formats::read_ckan_dataset(dict, input_of(call, *shown, formats::AbsentKeys::kClear),
                             wanted.dataset, wanted.wrongs);
  wanted.dataset.id = id;
  auto written = call.sources.datasets.create(std::move(wanted), false, call.context());
  if (!written) return write_failed(std::move(written).error());
  return write_dataset(call, json, written->dataset);
}

Outcome change_package(WriteCall& call, formats::JsonWriter& json, formats::AbsentKeys absent) {
  const rapidjson::Value& dict = call.arguments.object();
  const auto id = id_or_name(call.arguments);
  if (!id) return tl::unexpected(id.error());
  if (auto fits = check_shape(dict); !fits) return fits;
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  const formats::CkanInput input = input_of(call, *shown, absent);
  const auto edit = [&](service::DatasetEdit& now) -> core::Result<void> {
    formats::read_ckan_dataset(dict, input, now.dataset, now.wrongs);
    return {};
  };
  auto written = call.sources.datasets.change(*id, edit, call.context());
  if (!written) return write_failed(std::move(written).error());
  return write_dataset(call, json, written->dataset);
}

Outcome package_update(WriteCall& call, formats::JsonWriter& json) {
  return change_package(call, json, formats::AbsentKeys::kClear);
}

Outcome package_patch(WriteCall& call, formats::JsonWriter& json) {
  return change_package(call, json, formats::AbsentKeys::kKeep);
}

Outcome package_delete(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  const std::string reason = checks.text("reason");
  if (checks.failed()) return checks.failure();
  auto done = call.sources.datasets.remove(id, reason, call.context());
  if (!done) return write_failed(std::move(done).error());
  json.null();
  return {};
}

Outcome dataset_purge(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  auto done = call.sources.datasets.purge(id, call.context());
  if (!done) return write_failed(std::move(done).error());
  json.null();
  return {};
}

const std::vector<ActionParameter>& fields() {
  static const std::vector<ActionParameter> all = {
      {"name",
       {"名前。半角の英小文字、数字、- と _ で 2〜100 文字",
        "name: 2 to 100 lower case ASCII letters, digits, - and _"}},
      {"title", {"題名（省略時は name）", "title (the name when absent)"}},
      {"owner_org", {"組織の名前か ID（必須）", "name or id of the organization (required)"}},
      {"license_id",
       {"ライセンスの ID（公開するなら必須）", "id of the licence (required of what is public)"}},
      {"notes, url, version, author, author_email, maintainer, maintainer_email",
       {"説明、案内ページ、版、作成者、管理者", "description, landing page, version, people"}},
      {"private", {"非公開にするなら true", "true: only members of the organization see it"}},
      {"state", {"active か draft", "active or draft"}},
      {"tags, tag_string",
       {"タグ {name} のリスト、またはコンマ区切りの文字列",
        "a list of tags {name}, or a text with commas"}},
      {"groups", {"グループ {name} のリスト", "a list of groups {name}"}},
      {"extras",
       {"追加項目 {key, value} のリスト。theme, frequency, spatial_codes などもここ",
        "a list of {key, value}: also theme, frequency, spatial_codes and their kin"}},
      {"resources", {"リソースの辞書のリスト", "a list of resource dictionaries"}},
  };
  return all;
}

std::vector<ActionParameter> with_fields(std::vector<ActionParameter> first) {
  first.insert(first.end(), fields().begin(), fields().end());
  return first;
}

constexpr std::string_view kDictJa = "データセットの辞書";
constexpr std::string_view kDictEn = "the dataset dictionary";

core::LocalizedText dictionary() { return {std::string(kDictJa), std::string(kDictEn)}; }

ActionParameter id_parameter() {
  return {"id", {"データセットの名前か ID（必須）", "name or id of the dataset (required)"}};
}

}  // namespace

std::vector<WriteAction> package_write_actions() {
  return {
      {"package_create",
       package_create,
       {"データセットを作ります。", "Makes a dataset."},
       fields(),
       dictionary()},
      {"package_update",
       package_update,
       {"データセットを置き換えます。書かなかった項目は消えます。name、state、private、resources "
        "は、書かなければそのままです。resources を書くと、id のあるものは更新、ないものは追加、"
        "リストにないものは削除されます。",
        "Replaces a dataset. What is not given is cleared, but name, state, private and resources "
        "stay. Of a list of resources, those with an id are changed, those without one are added, "
        "and those not listed are removed."},
       with_fields({id_parameter()}),
       dictionary()},
      {"package_patch",
       package_patch,
       {"データセットの、書いた項目だけを変えます。リストは丸ごと置き換わります。",
        "Changes the given fields of a dataset. A given list replaces the whole list."},
       with_fields({id_parameter()}),
       dictionary()},
      package_revise_action(),
      {"package_delete",
       package_delete,
       {"データセットを削除します。理由は削除を知らせるページに載ります。",
        "Deletes a dataset. The page that tells of the deletion gives the reason."},
       {id_parameter(),
        {"reason", {"公開する理由（省略可）", "the reason, for the public (optional)"}}},
       {"null", "null"}},
      {"dataset_purge",
       dataset_purge,
       {"データセットを跡形なく消します（システム管理者のみ）。",
        "Removes a dataset for good (sysadmins only)."},
       {id_parameter()},
       {"null", "null"}},
      package_resource_reorder_action(),
      package_owner_org_update_action(),
  };
}

}  // namespace minato::http::ckan
