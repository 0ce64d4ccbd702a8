// package_list, package_show, current_package_list_with_resources, package_autocomplete.
#include <algorithm>

#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/rendering.h"

namespace minato::http::ckan {
namespace {

constexpr std::int64_t kMaxRows = 1000;

void write_names(formats::JsonWriter& json, const std::vector<std::string>& names) {
  json.begin_array();
  for (const auto& name : names) json.string(name);
  json.end_array();
}

Outcome package_list(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const auto limit = checks.natural("limit", -1);
  const auto offset = checks.natural("offset", 0);
  const core::Visibility widened = read_widening(checks);
  if (checks.failed()) return checks.failure();
  auto names = call.catalog.dataset_names(offset, limit, widened, call.caller);
  if (!names) return failed(std::move(names).error());
  write_names(json, *names);
  return {};
}

Outcome package_show(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const bool by_id = call.arguments.find("id") != nullptr;
  const std::string id = by_id ? checks.text("id") : checks.text("name_or_id");
  if (id.empty() && !checks.failed()) checks.fail("name_or_id", "Missing value");
  if (checks.failed()) return checks.failure();
  auto dataset = call.catalog.dataset(id, call.caller);
  if (!dataset && dataset.error().code == core::ErrorCode::kPermissionDenied) {
    return access_denied("User is not authorized to read package " + shortened(id));
  }
  if (!dataset) return failed(std::move(dataset).error());
  auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  formats::write_ckan_dataset(json, *dataset, shown->context);
  return {};
}

Outcome current_package_list_with_resources(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  // CKAN answers 10 when no limit is given; clients count on small replies.
  const auto limit = std::min(checks.natural("limit", 10), kMaxRows);
  auto offset = checks.natural("offset", 0);
  if (const auto page = checks.integer("page")) {
    if (*page < 1) {
      checks.fail("page", "Must be larger than 0");
    } else {
      offset = limit == 0 || *page - 1 > kNoLimit / limit ? kNoLimit : (*page - 1) * limit;
    }
  }
  if (checks.failed()) return checks.failure();
  core::SearchRequest newest;
  newest.sort = {{"metadata_modified", true}};
  newest.offset = offset;
  newest.limit = limit;
  newest.visibility.include_private = call.caller.sysadmin;  // as CKAN has it
  auto found = call.catalog.search(newest, core::Language::kJa, call.caller);
  if (!found) return failed(std::move(found).error());
  auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  call.rendered.write(json, found->datasets, *shown);
  return {};
}

Outcome package_autocomplete(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string typed = checks.present("q");
  const auto limit = std::min(checks.natural("limit", 10), kMaxRows);
  if (checks.failed()) return checks.failure();
  auto found = call.catalog.suggest_datasets(typed, limit);
  if (!found) return failed(std::move(found).error());
  json.begin_array();
  for (const auto& dataset : *found) {
    json.begin_object();
    json.field("name", dataset.name);
    json.field("title", dataset.title);
    json.field("match_field", dataset.by_title ? "title" : "name");
    json.field("match_displayed",
               dataset.by_title ? dataset.title + " (" + dataset.name + ")" : dataset.name);
    json.end_object();
  }
  json.end_array();
  return {};
}

}  // namespace

std::vector<Action> dataset_actions() {
  return {
      {"package_list",
       package_list,
       {"公開データセットの名前を名前順に返します。", "Names of the public datasets, sorted."},
       {{"limit", {"返す件数（省略時はすべて）", "how many (all when absent)"}},
        {"offset", {"読み飛ばす件数（省略時 0）", "how many to skip (0)"}},
        {"include_private, include_drafts, include_deleted",
         {"true なら、呼び出した人が見られる非公開・下書き・削除済みのものも含める（省略時 false）",
          "true: with private, draft, deleted ones that the caller may see (false)"}}},
       {"名前のリスト", "a list of names"}},
      {"package_show",
       package_show,
       {"データセットを 1 件返します。", "One dataset."},
       {{"id",
         {"データセットの名前か ID（必須。name_or_id でもよい）",
          "name or id of the dataset (required; name_or_id will do, too)"}}},
       {"データセットの辞書。見つからなければ 404、公開されていなければ 403",
        "a dataset dictionary; 404 when there is none, 403 when it is not public"}},
      {"current_package_list_with_resources",
       current_package_list_with_resources,
       {"公開データセットを更新の新しい順に返します。", "Public datasets, last changed first."},
       {{"limit", {"返す件数（省略時 10、最大 1000）", "how many (10; at most 1000)"}},
        {"offset", {"読み飛ばす件数（省略時 0）", "how many to skip (0)"}},
        {"page",
         {"offset の代わりのページ番号（1 から）", "page number from 1, instead of offset"}}},
       {"データセットの辞書のリスト", "a list of dataset dictionaries"}},
      {"package_autocomplete",
       package_autocomplete,
       {"名前か題名に文字列を含むデータセットの候補を返します。",
        "Datasets whose name or title matches what has been typed."},
       {{"q", {"入力中の文字列（必須）", "what has been typed (required)"}},
        {"limit", {"候補の数（省略時 10）", "how many (10)"}}},
       {"name, title, match_field, match_displayed の辞書のリスト",
        "a list of dictionaries of name, title, match_field and match_displayed"}},
  };
}

}  // namespace minato::http::ckan
