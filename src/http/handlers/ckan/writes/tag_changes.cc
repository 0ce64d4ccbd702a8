// tag_create, tag_delete, vocabulary_create, vocabulary_update, vocabulary_delete: for sysadmins.
#include <utility>

#include "auth/permissions.h"
#include "formats/ckan_json.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/writes/field_reader.h"
#include "http/handlers/ckan/writes/validation_error.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

using TagNames = std::optional<std::vector<std::string>>;

constexpr std::string_view kNoId = "id not in data";

Outcome require_right(const WriteCall& call) {
  auto allowed = auth::require(auth::Action::kChangeVocabularies, call.caller);
  if (!allowed) return failed(std::move(allowed).error());
  return {};
}

tl::unexpected<Failure> tag_failed(core::Error error, const std::string& tag,
                                   const std::string& vocabulary) {
  if (error.id == "tag-not-found") {
    return not_found("Could not find tag \"" + shortened(tag) + "\"");
  }
  if (error.id == "vocabulary-not-found") {
    return not_found("Could not find vocabulary \"" + shortened(vocabulary) + "\"");
  }
  return write_failed(std::move(error));
}

Outcome tag_create(WriteCall& call, formats::JsonWriter& json) {
  if (auto may = require_right(call); !may) return may;
  Checks checks(call.arguments);
  const std::string name = checks.required("name");
  const std::string vocabulary = checks.required("vocabulary_id");
  if (checks.failed()) return checks.failure();
  const auto made = call.sources.groups.create_tag(name, vocabulary, call.context());
  if (!made) return tag_failed(made.error(), name, vocabulary);
  formats::write_ckan_tag(json, *made);
  return {};
}

Outcome tag_delete(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.text("id");
  const std::string vocabulary = checks.text("vocabulary_id");
  if (checks.failed()) return checks.failure();
  if (id.empty()) return invalid_text("id", kNoId);
  const auto gone = call.sources.groups.remove_tag(id, vocabulary, call.context());
  if (!gone) return tag_failed(gone.error(), id, vocabulary);
  json.null();
  return {};
}

// tags: [{"name": ...}]; nullopt: not sent.
TagNames read_tags(FieldReader& fields) {
  if (!fields.has("tags")) return std::nullopt;
  std::vector<std::string> names;
  const auto* list = fields.list("tags");
  if (list == nullptr) return names;
  for (const auto& item : list->GetArray()) {
    auto name = fields.member(item, "name", "/tags");
    if (name) {
      names.push_back(std::move(*name));
    } else {
      fields.fail("/tags", {"タグの名前がありません。", "Missing value"});
    }
  }
  return names;
}

struct WantedVocabulary {
  core::Vocabulary vocabulary;
  TagNames tags;
};

Checked<WantedVocabulary> read_vocabulary(const WriteCall& call, bool creating) {
  core::Error error;
  error.code = core::ErrorCode::kInvalidArgument;
  FieldReader fields(call.arguments, error.details);
  WantedVocabulary wanted;
  const auto name = fields.text("name");
  wanted.vocabulary.name = name.value_or("");
  wanted.tags = read_tags(fields);
  if (creating && !fields.text("id").value_or("").empty()) {
    fields.fail("/id", {"id は指定できません。", "The input field id was not expected."});
  }
  if (wanted.vocabulary.name.empty() && (creating || name)) {
    fields.fail("/name", {"値がありません。", "Missing value"});
  }
  if (error.details.empty()) return wanted;
  return write_failed(std::move(error));
}

Outcome write_vocabulary(WriteCall& call, formats::JsonWriter& json,
                         const WantedVocabulary& wanted) {
  const auto made =
      call.sources.groups.put_vocabulary(wanted.vocabulary, wanted.tags, call.context());
  if (!made) return tag_failed(made.error(), "", wanted.vocabulary.id);
  const auto tags = call.sources.catalog.tags({"", made->id, true});
  if (!tags) return failed(tags.error());
  formats::write_ckan_vocabulary(json, *made, *tags);
  return {};
}

Outcome vocabulary_create(WriteCall& call, formats::JsonWriter& json) {
  if (auto may = require_right(call); !may) return may;
  const auto wanted = read_vocabulary(call, true);
  if (!wanted) return tl::unexpected(wanted.error());
  return write_vocabulary(call, json, *wanted);
}

Outcome vocabulary_update(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.text("id");
  if (checks.failed()) return checks.failure();
  if (id.empty()) return invalid_text("id", kNoId);
  if (auto may = require_right(call); !may) return may;
  auto wanted = read_vocabulary(call, false);
  if (!wanted) return tl::unexpected(wanted.error());
  wanted->vocabulary.id = id;
  return write_vocabulary(call, json, *wanted);
}

Outcome vocabulary_delete(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.text("id");
  if (checks.failed()) return checks.failure();
  if (id.empty()) return invalid_text("id", kNoId);
  const auto gone = call.sources.groups.remove_vocabulary(id, call.context());
  if (!gone) return tag_failed(gone.error(), "", id);
  json.null();
  return {};
}

const ActionParameter kVocabulary = {
    "id", {"語彙の名前か ID（必須）", "name or id of the vocabulary (required)"}};
const ActionParameter kTags = {
    "tags", {"タグ [{\"name\": ...}] のすべて", "all its tags: [{\"name\": ...}]"}};
const core::LocalizedText kDictionary = {"id, name, tags の辞書",
                                         "a dictionary of id, name and tags"};
const core::LocalizedText kNull = {"null", "null"};

}  // namespace

std::vector<WriteAction> tag_write_actions() {
  return {
      {"tag_create",
       tag_create,
       {"語彙にタグを加えます。システム管理者だけができます。",
        "Adds a tag to a vocabulary; for sysadmins."},
       {{"name", {"タグの名前（必須）", "name of the tag (required)"}},
        {"vocabulary_id", {"語彙の名前か ID（必須）", "name or id of the vocabulary (required)"}}},
       {"タグの辞書", "a tag dictionary"}},
      {"tag_delete",
       tag_delete,
       {"タグを、付いているデータセットからも消します。システム管理者だけができます。",
        "Removes a tag, also from the datasets that have it; for sysadmins."},
       {{"id", {"タグの名前か ID（必須）", "name or id of the tag (required)"}},
        {"vocabulary_id",
         {"語彙の名前か ID（省略時は語彙に属さないタグ）",
          "name or id of its vocabulary (absent: a tag outside of vocabularies)"}}},
       kNull},
      {"vocabulary_create",
       vocabulary_create,
       {"タグの語彙を作成します。システム管理者だけができます。",
        "Creates a tag vocabulary; for sysadmins."},
       {{"name", {"名前（必須）", "name (required)"}}, kTags},
       kDictionary},
      {"vocabulary_update",
       vocabulary_update,
       {"語彙の名前とタグを変えます。tags を送らなければタグはそのままです。"
        "システム管理者だけができます。",
        "Changes name and tags of a vocabulary; without tags they stay. For sysadmins."},
       {kVocabulary, {"name", {"新しい名前", "the new name"}}, kTags},
       kDictionary},
      {"vocabulary_delete",
       vocabulary_delete,
       {"タグのない語彙を消します。システム管理者だけができます。",
        "Removes a vocabulary that has no tags; for sysadmins."},
       {kVocabulary},
       kNull},
  };
}

}  // namespace minato::http::ckan
