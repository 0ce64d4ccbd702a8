// resource_show, resource_view_list, resource_view_show, format_autocomplete; resource_search is in
// resource_search.cc.
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/rendering.h"
#include "http/handlers/ckan/resource_search.h"

namespace minato::http::ckan {
namespace {

Checked<core::Resource> resource_named(ActionCall& call) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  auto found = call.catalog.resource(id, call.caller);
  if (!found && found.error().code == core::ErrorCode::kPermissionDenied) {
    return access_denied("User is not authorized to read resource " + shortened(id));
  }
  if (!found) return failed(std::move(found).error());
  return std::move(found->resource);
}

Outcome resource_show(ActionCall& call, formats::JsonWriter& json) {
  const auto resource = resource_named(call);
  if (!resource) return tl::unexpected(resource.error());
  auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  formats::write_ckan_resource(json, *resource, shown->context);
  return {};
}

// Resources have no stored views here: the pages choose their own presentation.
Outcome resource_view_list(ActionCall& call, formats::JsonWriter& json) {
  const auto resource = resource_named(call);
  if (!resource) return tl::unexpected(resource.error());
  json.begin_array().end_array();
  return {};
}

Outcome resource_view_show(ActionCall& call, formats::JsonWriter&) {
  Checks checks(call.arguments);
  checks.required("id");
  if (checks.failed()) return checks.failure();
  return not_found();
}

Outcome format_autocomplete(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string typed = checks.present("q");
  const auto limit = checks.natural("limit", 5);
  if (checks.failed()) return checks.failure();
  auto formats = call.catalog.suggest_formats(typed, limit);
  if (!formats) return failed(std::move(formats).error());
  json.begin_array();
  for (const auto& format : *formats) json.string(format);
  json.end_array();
  return {};
}

}  // namespace

std::vector<Action> resource_actions() {
  return {
      {"resource_show",
       resource_show,
       {"リソースを 1 件返します。", "One resource."},
       {{"id", {"リソースの ID（必須）", "id of the resource (required)"}}},
       {"リソースの辞書", "a resource dictionary"}},
      {"resource_search",
       resource_search,
       {"公開データセットのリソースを探します。大文字と小文字を区別しない部分一致で、複数の条件はす"
        "べて"
        "満たすものを返します。hash は前方一致です。",
        "Resources of public datasets. Terms match anywhere in the field, without case; several "
        "terms "
        "must all match; hash matches from its beginning."},
       {{"query",
         {"\"項目:語\"、またはそのリスト（必須）。例 name:避難所",
          "\"field:term\" or a list of them (required): name:shelter"}},
        {"order_by", {"並べ替える項目", "field to sort by"}},
        {"offset", {"読み飛ばす件数（省略時 0）", "how many to skip (0)"}},
        {"limit", {"返す件数（省略時はすべて）", "how many (all when absent)"}}},
       {"count と results の辞書", "a dictionary of count and results"}},
      {"resource_view_list",
       resource_view_list,
       {"リソースのビューの一覧です。ここではビューを保存しないため、常に空です。",
        "Views of a resource. None are stored here, so the list is always empty."},
       {{"id", {"リソースの ID（必須）", "id of the resource (required)"}}},
       {"空のリスト。リソースがなければ 404", "an empty list; 404 when there is no such resource"}},
      {"resource_view_show",
       resource_view_show,
       {"ビューを 1 件返します。ここではビューを保存しないため、常に 404 です。",
        "One view. None are stored here, so it is always 404."},
       {{"id", {"ビューの ID（必須）", "id of the view (required)"}}},
       {"404", "404"}},
      {"format_autocomplete",
       format_autocomplete,
       {"使われているファイル形式の候補を返します。",
        "File formats in use that match what has been typed."},
       {{"q", {"入力中の文字列（必須）", "what has been typed (required)"}},
        {"limit", {"候補の数（省略時 5）", "how many (5)"}}},
       {"小文字の形式名のリスト。多く使われている順",
        "a list of formats in lower case, most used first"}},
  };
}

}  // namespace minato::http::ckan
