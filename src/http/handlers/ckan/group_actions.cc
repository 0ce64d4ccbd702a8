// group_list, group_show, group_autocomplete, their organization_ twins, and group_package_show.
#include <algorithm>

#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/group_list.h"
#include "http/handlers/ckan/group_people.h"
#include "http/handlers/ckan/rendering.h"

namespace minato::http::ckan {
namespace {

using core::GroupKind;

constexpr std::int64_t kMaxDatasets = 1000;

// Public ones; members of an organization see its private ones too, as at CKAN.
core::Result<core::SearchResult> datasets_of(ActionCall& call, const core::Group& group,
                                             std::int64_t limit) {
  core::SearchRequest request;
  request.filters.push_back(in_group(group));
  request.sort = {{"metadata_modified", true}};
  request.limit = limit;
  request.visibility.include_private = group.kind == GroupKind::kOrganization;
  return call.catalog.search(request, core::Language::kJa, call.caller);
}

Checked<GroupListQuery> list_query(Checks& checks, GroupKind kind) {
  GroupListQuery query;
  query.kind = kind;
  query.text = checks.text("q");
  query.names = checks.list(kind == GroupKind::kOrganization ? "organizations" : "groups");
  query.limit = checks.natural("limit", kNoLimit);
  query.offset = checks.natural("offset", 0);
  std::string sort = checks.text("sort");
  if (sort.empty()) sort = checks.text("order_by");  // the name it had before
  if (checks.failed()) return checks.failure();
  auto order = parse_group_order(sort);
  if (!order) return tl::unexpected(std::move(order).error());
  query.order = *order;
  return query;
}

formats::CkanGroupOptions list_options(Checks& checks) {
  formats::CkanGroupOptions options;
  options.include_extras = checks.boolean("include_extras", false);
  options.include_groups = checks.boolean("include_groups", false);
  options.include_users = checks.boolean("include_users", false);
  return options;
}

Outcome write_list(ActionCall& call, formats::JsonWriter& json, GroupKind kind) {
  Checks checks(call.arguments);
  const std::string type = checks.text("type");
  const auto query = list_query(checks, kind);
  if (!query) return tl::unexpected(query.error());
  const bool all_fields = checks.boolean("all_fields", false);
  const bool with_count = checks.boolean("include_dataset_count", true);
  auto options = list_options(checks);
  auto groups = list_groups(call.catalog, *query);
  if (!groups) return failed(std::move(groups).error());
  // Custom types are CKAN plugins' business: a list of another type has nothing in it.
  if (!type.empty() && type != (kind == GroupKind::kOrganization ? "organization" : "group")) {
    groups->clear();
  }
  const auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(shown.error());
  json.begin_array();
  for (const auto& group : *groups) {
    if (!all_fields) {
      json.string(group.name);
      continue;
    }
    if (with_count) options.package_count = shown->directory->dataset_count(group.id);
    if (options.include_users) {
      auto users = users_of(call.accounts, group, call.caller);
      if (!users) return tl::unexpected(std::move(users).error());
      options.users = std::move(*users);
    }
    formats::write_ckan_group(json, group, options, shown->context);
  }
  json.end_array();
  return {};
}

Outcome write_one(ActionCall& call, formats::JsonWriter& json, GroupKind kind) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto group = call.catalog.group(kind, id);
  if (!group) return failed(group.error());
  const auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(shown.error());

  formats::CkanGroupOptions options;
  options.include_extras = checks.boolean("include_extras", true);
  options.include_groups = checks.boolean("include_groups", true);
  options.include_users = checks.boolean("include_users", true);
  options.include_followers = checks.boolean("include_followers", true);
  const bool with_datasets = checks.boolean("include_datasets", false);
  const auto datasets = datasets_of(call, *group, with_datasets ? kMaxDatasets : 0);
  if (!datasets) return failed(datasets.error());
  if (checks.boolean("include_dataset_count", true)) options.package_count = datasets->count;
  if (with_datasets) options.packages = &datasets->datasets;
  if (options.include_users) {
    auto users = users_of(call.accounts, *group, call.caller);
    if (!users) return tl::unexpected(std::move(users).error());
    options.users = std::move(*users);
  }
  formats::write_ckan_group(json, *group, options, shown->context);
  return {};
}

Outcome write_suggestions(ActionCall& call, formats::JsonWriter& json, GroupKind kind) {
  Checks checks(call.arguments);
  GroupListQuery query;
  query.kind = kind;
  query.text = checks.present("q");
  query.limit = checks.natural("limit", 20);
  if (checks.failed()) return checks.failure();
  const auto groups = list_groups(call.catalog, query);
  if (!groups) return failed(groups.error());
  json.begin_array();
  for (const auto& group : *groups) {
    json.begin_object();
    json.field("id", group.id);
    json.field("name", group.name);
    json.field("title", group.title);
    json.end_object();
  }
  json.end_array();
  return {};
}

Outcome group_package_show(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  const auto limit = std::min(checks.natural("limit", kMaxDatasets), kMaxDatasets);
  if (checks.failed()) return checks.failure();
  auto group = call.catalog.group(GroupKind::kGroup, id);
  if (!group && group.error().code == core::ErrorCode::kNotFound) {
    group = call.catalog.group(GroupKind::kOrganization, id);
  }
  if (!group) return failed(group.error());
  const auto found = datasets_of(call, *group, limit);
  if (!found) return failed(found.error());
  const auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(shown.error());
  call.rendered.write(json, found->datasets, *shown);
  return {};
}

template <Outcome (*write)(ActionCall&, formats::JsonWriter&, GroupKind), GroupKind kind>
Outcome of_kind(ActionCall& call, formats::JsonWriter& json) {
  return write(call, json, kind);
}

std::vector<ActionParameter> list_parameters(std::string_view names) {
  return {
      {"q", {"名前か題名に含まれる文字列", "part of the name or title"}},
      {"sort",
       {"name, title, package_count のいずれかと asc または desc（省略時 title asc）",
        "name, title or package_count, with asc or desc (title asc)"}},
      {"limit", {"返す件数（省略時はすべて）", "how many (all when absent)"}},
      {"offset", {"読み飛ばす件数（省略時 0）", "how many to skip (0)"}},
      {names, {"この名前のものだけ（リスト）", "only those of these names (a list)"}},
      {"all_fields",
       {"true なら名前ではなく辞書を返す（省略時 false）",
        "true: dictionaries instead of names (false)"}},
      {"include_dataset_count",
       {"データセット数を含める（省略時 true）", "with package_count (true)"}},
      {"include_extras", {"extras を含める（省略時 false）", "with extras (false)"}},
      {"include_groups", {"親を含める（省略時 false）", "with parents (false)"}},
      {"include_users",
       {"利用者を含める（構成員にだけ見える。省略時 false）",
        "with users, for those who may list the members (false)"}},
      {"type", {"種類（既定のもの以外は空を返す）", "type; any but the usual one has no members"}},
  };
}

std::vector<ActionParameter> show_parameters() {
  return {
      {"id", {"名前か ID（必須）", "name or id (required)"}},
      {"include_datasets",
       {"データセット（1000 件まで）も返す（省略時 false）",
        "with datasets, at most 1000 (false)"}},
      {"include_dataset_count",
       {"データセット数を含める（省略時 true）", "with package_count (true)"}},
      {"include_extras", {"extras を含める（省略時 true）", "with extras (true)"}},
      {"include_groups", {"親を含める（省略時 true）", "with parents (true)"}},
      {"include_users",
       {"利用者を含める（構成員にだけ見える。省略時 true）",
        "with users, for those who may list the members (true)"}},
      {"include_followers", {"num_followers を含める（省略時 true）", "with num_followers (true)"}},
  };
}

std::vector<ActionParameter> suggestion_parameters() {
  return {{"q", {"入力中の文字列（必須）", "what has been typed (required)"}},
          {"limit", {"候補の数（省略時 20）", "how many (20)"}}};
}

const core::LocalizedText kListResult = {"名前のリスト、または辞書のリスト",
                                         "a list of names or of dictionaries"};
const core::LocalizedText kSuggestionResult = {"id, name, title の辞書のリスト",
                                               "a list of dictionaries of id, name and title"};

}  // namespace

std::vector<Action> group_actions() {
  return {
      {"group_list",
       of_kind<write_list, GroupKind::kGroup>,
       {"グループの一覧です。", "All groups."},
       list_parameters("groups"),
       kListResult},
      {"organization_list",
       of_kind<write_list, GroupKind::kOrganization>,
       {"組織（県と市町村）の一覧です。",
        "All organizations: the prefecture and its municipalities."},
       list_parameters("organizations"),
       kListResult},
      {"group_show",
       of_kind<write_one, GroupKind::kGroup>,
       {"グループを 1 件返します。", "One group."},
       show_parameters(),
       {"グループの辞書。組織の ID には 404", "a group dictionary; 404 for an organization's id"}},
      {"organization_show",
       of_kind<write_one, GroupKind::kOrganization>,
       {"組織を 1 件返します。", "One organization."},
       show_parameters(),
       {"組織の辞書。グループの ID には 404", "an organization dictionary; 404 for a group's id"}},
      {"group_autocomplete",
       of_kind<write_suggestions, GroupKind::kGroup>,
       {"入力中の文字列を含むグループの候補を返します。", "Groups that match what has been typed."},
       suggestion_parameters(),
       kSuggestionResult},
      {"organization_autocomplete",
       of_kind<write_suggestions, GroupKind::kOrganization>,
       {"入力中の文字列を含む組織の候補を返します。",
        "Organizations that match what has been typed."},
       suggestion_parameters(),
       kSuggestionResult},
      {"group_package_show",
       group_package_show,
       {"グループ（または組織）のデータセットを更新の新しい順に返します。",
        "Datasets of a group or organization, last changed first."},
       {{"id", {"名前か ID（必須）", "name or id (required)"}},
        {"limit", {"返す件数（省略時、最大とも 1000）", "how many (1000, which is the most)"}}},
       {"データセットの辞書のリスト", "a list of dataset dictionaries"}},
  };
}

}  // namespace minato::http::ckan
