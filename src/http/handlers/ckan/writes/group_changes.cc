// group_create, update, patch, delete, purge, and their organization_ twins.
#include <array>
#include <iterator>
#include <utility>

#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/group_people.h"
#include "http/handlers/ckan/rendering.h"
#include "http/handlers/ckan/writes/group_fields.h"
#include "http/handlers/ckan/writes/validation_error.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

using core::GroupKind;

tl::unexpected<Failure> group_failed(core::Error error, GroupKind kind) {
  if (error.code == core::ErrorCode::kNotFound) {
    return not_found(kind == GroupKind::kOrganization ? "Organization was not found."
                                                      : "Group was not found.");
  }
  // CKAN's clients know the organization above as one of the "groups".
  for (core::ErrorDetail& detail : error.details) {
    if (detail.param == "/parent") detail.param = "/groups";
  }
  return write_failed(std::move(error));
}

// Pictures are linked to: a file of one would be kept nowhere.
void refuse_picture(const WriteCall& call, FieldReader& fields) {
  if (call.file("image_upload") == nullptr) return;
  fields.fail("/image_upload",
              {"画像ファイルは預かりません。image_url に画像の URL を書いてください。",
               "Image files are not kept here: give the address of the image as image_url"});
}

// organization_show's dictionary, as it is now.
Outcome write_result(const WriteCall& call, formats::JsonWriter& json, const core::Group& group,
                     const core::Caller& caller) {
  const auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(shown.error());
  auto users = users_of(&call.sources.accounts, group, caller);
  if (!users) return tl::unexpected(std::move(users).error());
  formats::CkanGroupOptions options;
  options.package_count = shown->directory->dataset_count(group.id);
  options.users = std::move(*users);
  formats::write_ckan_group(json, group, options, shown->context);
  return {};
}

Outcome create(WriteCall& call, formats::JsonWriter& json, GroupKind kind) {
  service::GroupEdit edit;
  edit.group.kind = kind;
  FieldReader fields(call.arguments, edit.wrongs);
  edit.group.id = fields.text("id").value_or("");
  read_group_fields(fields, false, edit);
  read_group_users(fields, edit);
  refuse_picture(call, fields);
  if (kind == GroupKind::kGroup && fields.text("type") == "organization") {
    fields.fail("/type", {"組織は organization_create で作成します。",
                          "Trying to create an organization as a group"});
  }
  const auto made = call.sources.groups.create(std::move(edit), call.context());
  if (!made) return group_failed(made.error(), kind);
  core::Caller creator = call.caller;
  creator.roles[made->id] = core::Role::kAdmin;
  return write_result(call, json, *made, creator);
}

Outcome change(WriteCall& call, formats::JsonWriter& json, GroupKind kind, bool clear_absent) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto edit = [&](service::GroupEdit& edited) -> core::Result<void> {
    FieldReader fields(call.arguments, edited.wrongs);
    read_group_fields(fields, clear_absent, edited);
    refuse_picture(call, fields);
    return {};
  };
  const auto changed = call.sources.groups.change(kind, id, edit, call.context());
  if (!changed) return group_failed(changed.error(), kind);
  return write_result(call, json, *changed, call.caller);
}

Outcome update(WriteCall& call, formats::JsonWriter& json, GroupKind kind) {
  return change(call, json, kind, true);
}

Outcome patch(WriteCall& call, formats::JsonWriter& json, GroupKind kind) {
  return change(call, json, kind, false);
}

using Removal = core::Result<void> (service::GroupWrites::*)(GroupKind, std::string_view,
                                                             const service::WriteContext&);

Outcome take_away(WriteCall& call, formats::JsonWriter& json, GroupKind kind, Removal removal) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  auto gone = (call.sources.groups.*removal)(kind, id, call.context());
  if (!gone) return group_failed(std::move(gone).error(), kind);
  json.null();
  return {};
}

Outcome remove(WriteCall& call, formats::JsonWriter& json, GroupKind kind) {
  return take_away(call, json, kind, &service::GroupWrites::remove);
}

Outcome purge(WriteCall& call, formats::JsonWriter& json, GroupKind kind) {
  return take_away(call, json, kind, &service::GroupWrites::purge);
}

template <Outcome (*run)(WriteCall&, formats::JsonWriter&, GroupKind), GroupKind kind>
Outcome of_kind(WriteCall& call, formats::JsonWriter& json) {
  return run(call, json, kind);
}

const ActionParameter kId = {"id", {"名前か ID（必須）", "name or id (required)"}};

std::vector<ActionParameter> fields(const ActionParameter& first, bool creating) {
  std::vector<ActionParameter> list = {
      first,
      {"title", {"題名（日本語で）", "title"}},
      {"description", {"説明", "description"}},
      {"image_url", {"画像の URL", "address of an image"}},
      {"extras",
       {"key と value の辞書のリスト。title_kana, title_en, homepage, municipality_kind, county, "
        "latitude, longitude はそれぞれの項目になる",
        "a list of dictionaries of key and value; title_kana, title_en, homepage, "
        "municipality_kind, county, latitude and longitude are fields"}},
      {"groups",
       {"上位の組織 [{\"name\": ...}]（組織だけ）",
        "the organization above: [{\"name\": ...}] (organizations only)"}},
  };
  if (creating) {
    list.push_back({"users",
                    {"構成員 [{\"name\": ..., \"capacity\": \"editor\"}]",
                     "members: [{\"name\": ..., \"capacity\": \"editor\"}]"}});
    list.push_back({"id", {"UUID（システム管理者だけ）", "a UUID (sysadmins only)"}});
  } else {
    list.push_back(
        {"name",
         {"新しい名前（前の名前でも読める）", "a new name (the old one goes on leading here)"}});
    list.push_back({"state", {"active か deleted", "active or deleted"}});
  }
  return list;
}

const core::LocalizedText kDictionary = {"*_show と同じ辞書", "the dictionary that *_show gives"};
const core::LocalizedText kNull = {"null", "null"};
const ActionParameter kName = {
    "name",
    {"名前（必須。半角英小文字・数字・-・_ で 2〜100 文字。市町村は団体コード 6 桁）",
     "name (required; 2 to 100 of a-z 0-9 - _; of municipalities the 6-digit code)"}};

template <GroupKind kind>
std::vector<WriteAction> rows_of(std::array<std::string_view, 5> names) {
  const bool owner = kind == GroupKind::kOrganization;
  const std::string ja = owner ? "組織" : "グループ";
  const std::string en = owner ? "organization" : "group";
  return {
      {names[0],
       of_kind<create, kind>,
       {ja + "を作成します。作成した人は admin になります。",
        "Creates a new " + en + "; who creates it becomes its admin."},
       fields(kName, true),
       kDictionary},
      {names[1],
       of_kind<update, kind>,
       {ja + "を書き換えます。送らなかった項目は空になります（name、state、構成員を除く）。",
        "Replaces the " + en +
            ": what is not sent becomes empty, but for name, state and members."},
       fields(kId, false),
       kDictionary},
      {names[2],
       of_kind<patch, kind>,
       {ja + "の送った項目だけを変えます。", "Changes the fields that are sent of the " + en + "."},
       fields(kId, false),
       kDictionary},
      {names[3],
       of_kind<remove, kind>,
       {ja + (owner ? "を削除します。データセットが残っていると削除できません。"
                    : "を削除します。データセットはグループから外れます。"),
        owner ? "Deletes an organization that has no datasets left."
              : "Deletes a group; its datasets leave it."},
       {kId},
       kNull},
      {names[4],
       of_kind<purge, kind>,
       {ja + "を完全に消します。システム管理者だけができます。",
        "Removes the " + en + " for good; for sysadmins."},
       {kId},
       kNull},
  };
}

}  // namespace

std::vector<WriteAction> group_write_actions() {
  auto rows = rows_of<GroupKind::kGroup>(
      {"group_create", "group_update", "group_patch", "group_delete", "group_purge"});
  auto more = rows_of<GroupKind::kOrganization>({"organization_create", "organization_update",
                                                 "organization_patch", "organization_delete",
                                                 "organization_purge"});
  rows.insert(rows.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
  return rows;
}

}  // namespace minato::http::ckan
