// tag_list, tag_show, tag_search, tag_autocomplete, vocabulary_list, vocabulary_show.
#include <algorithm>

#include "formats/ckan_json.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/rendering.h"

namespace minato::http::ckan {
namespace {

constexpr std::int64_t kMaxDatasets = 1000;

// CKAN takes the text under either name.
std::string typed_query(Checks& checks) {
  std::string query = checks.text("query");
  return query.empty() ? checks.text("q") : query;
}

core::Result<std::vector<core::Tag>> tags_of(service::Catalog& catalog,
                                             const core::Vocabulary& vocabulary) {
  return catalog.tags({"", vocabulary.id, true});
}

Outcome tag_list(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string query = typed_query(checks);
  const std::string vocabulary = checks.text("vocabulary_id");
  const bool all_fields = checks.boolean("all_fields", false);
  if (checks.failed()) return checks.failure();
  // As at CKAN: what a vocabulary offers, used or not, unless a text is looked for.
  const bool include_unused = !vocabulary.empty() && query.empty();
  auto tags = call.catalog.tags({query, vocabulary, include_unused});
  if (!tags) return failed(std::move(tags).error());
  json.begin_array();
  for (const auto& tag : *tags) {
    if (all_fields) {
      formats::write_ckan_tag(json, tag);
    } else {
      json.string(tag.name);
    }
  }
  json.end_array();
  return {};
}

Outcome tag_show(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  const std::string vocabulary = checks.text("vocabulary_id");
  const bool with_datasets = checks.boolean("include_datasets", false);
  if (checks.failed()) return checks.failure();
  const auto tag = call.catalog.tag(id, vocabulary);
  if (!tag) return failed(tag.error());
  if (!with_datasets) {
    formats::write_ckan_tag(json, *tag);
    return {};
  }
  std::string field = "tags";
  if (!tag->vocabulary_id.empty()) {
    const auto named = call.catalog.vocabulary(tag->vocabulary_id);
    if (!named) return failed(named.error());
    field = "vocab_" + named->name;
  }
  const auto found = datasets_where(call.catalog, equals(field, tag->name), kMaxDatasets);
  if (!found) return failed(found.error());
  auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  formats::write_ckan_tag(json, *tag, found->datasets, shown->context);
  return {};
}

struct TagPage {
  std::vector<core::Tag> tags;
  std::int64_t count = 0;
};

// What tag_search and tag_autocomplete have in common. No text finds nothing, as at CKAN.
Checked<TagPage> search_tags(ActionCall& call) {
  Checks checks(call.arguments);
  const std::string query = typed_query(checks);
  const std::string vocabulary = checks.text("vocabulary_id");
  const auto limit = checks.natural("limit", kNoLimit);
  const auto offset = checks.natural("offset", 0);
  if (checks.failed()) return checks.failure();
  if (query.empty()) return TagPage{};
  auto tags = call.catalog.tags({query, vocabulary});
  if (!tags) return failed(std::move(tags).error());
  TagPage page;
  page.count = static_cast<std::int64_t>(tags->size());
  const auto first = std::min(offset, page.count);
  const auto size = std::min(limit, page.count - first);
  page.tags.assign(tags->begin() + first, tags->begin() + first + size);
  return page;
}

Outcome tag_search(ActionCall& call, formats::JsonWriter& json) {
  const auto page = search_tags(call);
  if (!page) return tl::unexpected(page.error());
  json.begin_object();
  json.key("count").integer(page->count);
  json.key("results").begin_array();
  for (const auto& tag : page->tags) {
    json.begin_object();
    json.field("id", tag.id);
    json.field("name", tag.name);
    json.field_or_null("vocabulary_id", tag.vocabulary_id);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return {};
}

Outcome tag_autocomplete(ActionCall& call, formats::JsonWriter& json) {
  const auto page = search_tags(call);
  if (!page) return tl::unexpected(page.error());
  json.begin_array();
  for (const auto& tag : page->tags) json.string(tag.name);
  json.end_array();
  return {};
}

Outcome vocabulary_list(ActionCall& call, formats::JsonWriter& json) {
  const auto directory = call.catalog.directory();
  if (!directory) return failed(directory.error());
  json.begin_array();
  for (const auto& vocabulary : (*directory)->vocabularies()) {
    const auto tags = tags_of(call.catalog, vocabulary);
    if (!tags) return failed(tags.error());
    formats::write_ckan_vocabulary(json, vocabulary, *tags);
  }
  json.end_array();
  return {};
}

Outcome vocabulary_show(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto vocabulary = call.catalog.vocabulary(id);
  if (!vocabulary) return failed(vocabulary.error());
  const auto tags = tags_of(call.catalog, *vocabulary);
  if (!tags) return failed(tags.error());
  formats::write_ckan_vocabulary(json, *vocabulary, *tags);
  return {};
}

const ActionParameter kQuery = {
    "query", {"名前に含まれる文字列（q でもよい）", "part of the name (also as q)"}};
const ActionParameter kVocabulary = {
    "vocabulary_id",
    {"語彙の名前か ID（省略時は語彙に属さないタグ）",
     "name or id of a vocabulary (absent: tags outside of vocabularies)"}};
const ActionParameter kLimit = {"limit",
                                {"返す件数（省略時はすべて）", "how many (all when absent)"}};
const ActionParameter kOffset = {"offset", {"読み飛ばす件数（省略時 0）", "how many to skip (0)"}};

}  // namespace

std::vector<Action> tag_actions() {
  return {
      {"tag_list",
       tag_list,
       {"公開データセットで使われているタグの一覧です。", "Tags of public datasets."},
       {kQuery,
        kVocabulary,
        {"all_fields",
         {"true なら名前ではなく辞書を返す（省略時 false）",
          "true: dictionaries instead of names (false)"}}},
       {"名前のリスト、または辞書のリスト", "a list of names or of dictionaries"}},
      {"tag_show",
       tag_show,
       {"タグを 1 件返します。", "One tag."},
       {{"id", {"タグの名前か ID（必須）", "name or id of the tag (required)"}},
        kVocabulary,
        {"include_datasets",
         {"true なら付いているデータセット（1000 件まで）も返す（省略時 false）",
          "true: with its datasets, at most 1000 (false)"}}},
       {"タグの辞書", "a tag dictionary"}},
      {"tag_search",
       tag_search,
       {"名前の一部でタグを探します。", "Tags by a part of their name."},
       {kQuery, kVocabulary, kLimit, kOffset},
       {"count と results の辞書", "a dictionary of count and results"}},
      {"tag_autocomplete",
       tag_autocomplete,
       {"入力中の文字列を含むタグの候補を返します。",
        "Names of tags that match what has been typed."},
       {kQuery, kVocabulary, kLimit, kOffset},
       {"名前のリスト", "a list of names"}},
      {"vocabulary_list",
       vocabulary_list,
       {"タグの語彙の一覧です。", "All tag vocabularies."},
       {},
       {"id, name, tags の辞書のリスト", "a list of dictionaries of id, name and tags"}},
      {"vocabulary_show",
       vocabulary_show,
       {"タグの語彙を 1 件返します。", "One tag vocabulary."},
       {{"id", {"語彙の名前か ID（必須）", "name or id of the vocabulary (required)"}}},
       {"id, name, tags の辞書", "a dictionary of id, name and tags"}},
  };
}

}  // namespace minato::http::ckan
