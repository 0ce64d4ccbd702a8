// package_search.
#include <utility>

#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/flat_dataset.h"
#include "http/handlers/ckan/package_search.h"
#include "http/handlers/ckan/rendering.h"

namespace minato::http::ckan {
namespace {

// A condition the store cannot answer ("title:[a TO b]") is the fault of the query.
tl::unexpected<Failure> search_failure(core::Error error) {
  if (error.code == core::ErrorCode::kInvalidArgument) {
    return search_failed(explain(error));
  }
  return failed(std::move(error));
}

void write_flat_datasets(formats::JsonWriter& json, const PackageSearch& search,
                         const core::SearchResult& found, const formats::CkanContext& context) {
  json.begin_array();
  for (const auto& dataset : found.datasets) write_flat_dataset(json, *dataset, search.fl, context);
  json.end_array();
}

Outcome package_search(ActionCall& call, formats::JsonWriter& json) {
  auto search = parse_package_search(call.arguments, call.catalog.clock());
  if (!search) return tl::unexpected(std::move(search).error());
  call.depends_on_time = search->depends_on_time;
  auto found = call.catalog.search(search->request, core::Language::kJa, call.caller);
  if (!found) return search_failure(std::move(found).error());
  const auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(shown.error());
  for (std::size_t i = 0; i < found->facets.size() && i < search->facet_fields.size(); ++i) {
    found->facets[i].field = search->facet_fields[i];
  }
  json.begin_object();
  json.key("count").integer(found->count);
  json.field("sort", search->sort);
  json.key("results");
  if (search->fl.empty()) {
    call.rendered.write(json, found->datasets, *shown);
  } else {
    write_flat_datasets(json, *search, *found, shown->context);
  }
  formats::write_ckan_facets(json, found->facets);
  json.end_object();
  return {};
}

}  // namespace

std::vector<Action> search_actions() {
  return {{
      "package_search",
      package_search,
      {"公開データセットを検索します。ひらがなとカタカナ、全角と半角、異体字の違いは吸収します。",
       "Searches public datasets. Hiragana and katakana, full and half width, and variant kanji "
       "are the "
       "same."},
      {
          {"q",
           {"検索語。コロンを含めば Solr の書き方（title:避難所 など）、空や *:* はすべて",
            "words; with a colon Solr's syntax (title:shelter); empty or *:* is everything"}},
          {"fq",
           {"絞り込み（Solr の書き方）。例 organization:140007 AND res_format:(CSV OR XLSX)",
            "filter in Solr's syntax: organization:140007 AND res_format:(CSV OR XLSX)"}},
          {"fq_list", {"絞り込みのリスト。すべて満たすもの", "a list of filters; all must match"}},
          {"sort",
           {"name, title_string, score, metadata_modified, metadata_created, id と asc または "
            "desc。"
            "コンマ区切り（省略時 score desc, metadata_modified desc）",
            "name, title_string, score, metadata_modified, metadata_created, id, each with asc or "
            "desc, "
            "comma separated (score desc, metadata_modified desc)"}},
          {"rows", {"返す件数（省略時 10、最大 1000）", "how many (10; at most 1000)"}},
          {"start", {"読み飛ばす件数（省略時 0）", "how many to skip (0)"}},
          {"facet", {"false なら集計しない（省略時 true）", "false: no facets (true)"}},
          {"facet.field",
           {"値ごとの件数を数える項目のリスト。例 [\"tags\",\"res_format\"]",
            "fields whose values are counted: [\"tags\",\"res_format\"]"}},
          {"facet.limit",
           {"項目ごとの値の数（省略時 50、-1 は制限なし。上限 10000）",
            "values per field (50; -1: no limit; at most 10000)"}},
          {"facet.mincount", {"この件数以上の値だけ（省略時 1）", "only values with as many (1)"}},
          {"fl",
           {"指定した項目だけの平らな辞書で返す（リスト）",
            "only these fields, as flat dictionaries"}},
          {"include_private, include_drafts, include_deleted",
           {"true なら、呼び出した人が見られる非公開・下書き・削除済みのものも探す（省略時 false）",
            "true: also private, draft, deleted ones that the caller may see (false)"}},
      },
      {"count, sort, results, facets, search_facets の辞書",
       "a dictionary of count, sort, results, facets and search_facets"},
  }};
}

}  // namespace minato::http::ckan
