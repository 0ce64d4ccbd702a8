// package_activity_list and its kin, activity_show.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"

namespace minato::http::ckan {
namespace {

constexpr std::int64_t kMaxActivities = 100;

void write_activity(formats::JsonWriter& json, const storage::Activity& activity) {
  json.begin_object()
      .field("id", activity.id)
      .field("timestamp", core::to_ckan_time(activity.time))
      .field("user_id", activity.user_id)
      .field("object_id", activity.object_id)
      .field("activity_type", activity.type);
  json.key("data").raw(activity.data.empty() ? "{}" : activity.data);
  json.key("permission_labels").begin_array();
  if (activity.is_public) json.string("public");
  if (!activity.organization_id.empty()) json.string("member-" + activity.organization_id);
  json.end_array().end_object();
}

// CKAN's before and after: seconds since 1970, with a fraction.
std::optional<core::Timestamp> moment(Checks& checks, std::string_view name) {
  const std::string text = checks.text(name);
  if (text.empty()) return std::nullopt;
  double seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool is_number = fault == std::errc() && end == text.data() + text.size();
  if (is_number && std::abs(seconds) < 1e12) {
    return core::Timestamp{static_cast<std::int64_t>(std::llround(seconds * 1e6))};
  }
  checks.fail(name, "Invalid float");
  return std::nullopt;
}

Outcome list_activities(ActionCall& call, formats::JsonWriter& json,
                        storage::ActivityRequest request) {
  Checks checks(call.arguments);
  request.offset = checks.natural("offset", 0);
  request.limit = std::min(checks.natural("limit", 31), kMaxActivities);
  request.before = moment(checks, "before");
  request.after = moment(checks, "after");
  if (request.types.empty()) request.types = checks.list("activity_types");
  request.without_types = checks.list("exclude_activity_types");
  if (checks.failed()) return checks.failure();
  auto found = call.catalog.activities(std::move(request), call.caller);
  if (!found) return failed(std::move(found).error());
  json.begin_array();
  for (const auto& activity : *found) write_activity(json, activity);
  json.end_array();
  return {};
}

Checked<std::string> required_id(const ActionCall& call) {
  Checks checks(call.arguments);
  std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  return id;
}

Outcome package_activity_list(ActionCall& call, formats::JsonWriter& json) {
  const auto id = required_id(call);
  if (!id) return tl::unexpected(id.error());
  auto dataset = call.catalog.dataset(*id, call.caller);
  if (!dataset) return failed(std::move(dataset).error());
  storage::ActivityRequest request;
  request.object_id = dataset->id;
  return list_activities(call, json, std::move(request));
}

Outcome organization_activity_list(ActionCall& call, formats::JsonWriter& json) {
  const auto id = required_id(call);
  if (!id) return tl::unexpected(id.error());
  auto group = call.catalog.group(core::GroupKind::kOrganization, *id);
  if (!group) return failed(std::move(group).error());
  storage::ActivityRequest request;
  request.organization_id = group->id;
  return list_activities(call, json, std::move(request));
}

Outcome group_activity_list(ActionCall& call, formats::JsonWriter& json) {
  const auto id = required_id(call);
  if (!id) return tl::unexpected(id.error());
  auto group = call.catalog.group(core::GroupKind::kGroup, *id);
  if (!group) return failed(std::move(group).error());
  storage::ActivityRequest request;
  request.object_id = group->id;
  return list_activities(call, json, std::move(request));
}

Outcome user_activity_list(ActionCall& call, formats::JsonWriter& json) {
  const auto id = required_id(call);
  if (!id) return tl::unexpected(id.error());
  if (call.accounts == nullptr) return not_found();
  auto profile = call.accounts->user(*id);
  if (!profile) return failed(std::move(profile).error());
  storage::ActivityRequest request;
  request.user_id = profile->user.id;
  return list_activities(call, json, std::move(request));
}

Outcome recently_changed_packages(ActionCall& call, formats::JsonWriter& json) {
  storage::ActivityRequest request;
  request.types = {"new package", "changed package", "deleted package"};
  return list_activities(call, json, std::move(request));
}

Outcome activity_show(ActionCall& call, formats::JsonWriter& json) {
  const auto id = required_id(call);
  if (!id) return tl::unexpected(id.error());
  auto found = call.catalog.activity(*id, call.caller);
  if (!found) return failed(std::move(found).error());
  write_activity(json, *found);
  return {};
}

std::vector<ActionParameter> list_parameters(core::LocalizedText id) {
  std::vector<ActionParameter> parameters;
  if (!id.empty()) parameters.push_back({"id", std::move(id)});
  parameters.insert(parameters.end(),
                    {{"offset", {"読み飛ばす件数（省略時 0）", "how many to skip (0)"}},
                     {"limit", {"返す件数（省略時 31、最大 100）", "how many (31; at most 100)"}},
                     {"before, after",
                      {"この時刻より前・後（1970 年からの秒数）",
                       "before and after this time (seconds since 1970)"}},
                     {"activity_types, exclude_activity_types",
                      {"活動の種類のリスト", "lists of types of activities"}}});
  return parameters;
}

Action list_row(std::string_view name, Outcome (*run)(ActionCall&, formats::JsonWriter&),
                core::LocalizedText summary, core::LocalizedText id) {
  return {name,
          run,
          std::move(summary),
          list_parameters(std::move(id)),
          {"活動の辞書のリスト。新しい順", "a list of activity dictionaries, newest first"}};
}

}  // namespace

std::vector<Action> activity_actions() {
  return {
      list_row("package_activity_list", package_activity_list,
               {"データセットへの変更の記録です。", "What happened to a dataset."},
               {"データセットの名前か ID（必須）", "name or id of the dataset (required)"}),
      list_row("organization_activity_list", organization_activity_list,
               {"組織と、そのデータセットへの変更の記録です。",
                "What happened to an organization and its datasets."},
               {"組織の名前か ID（必須）", "name or id of the organization (required)"}),
      list_row("group_activity_list", group_activity_list,
               {"グループへの変更の記録です。", "What happened to a group."},
               {"グループの名前か ID（必須）", "name or id of the group (required)"}),
      list_row("user_activity_list", user_activity_list,
               {"利用者が行った変更の記録です。", "What a user did."},
               {"利用者の名前か ID（必須）", "name or id of the user (required)"}),
      list_row(
          "recently_changed_packages_activity_list", recently_changed_packages,
          {"最近の、すべてのデータセットへの変更の記録です。", "What happened to datasets lately."},
          {}),
      {"activity_show",
       activity_show,
       {"変更の記録を 1 件返します。", "One activity."},
       {{"id", {"活動の ID（必須）", "id of the activity (required)"}}},
       {"活動の辞書。公開されていなければ 403",
        "an activity dictionary; 403 when it is not public"}},
  };
}

}  // namespace minato::http::ckan
