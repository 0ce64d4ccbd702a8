// Vocabularies and their tags: the last part of GroupWrites.
#include <algorithm>
#include <utility>

#include "auth/permissions.h"
#include "core/uuid.h"
#include "formats/group_document.h"
#include "service/not_found.h"
#include "service/publish/group_rules.h"
#include "service/publish/group_writes.h"

namespace minato::service {
namespace {

using core::ErrorCode;
using core::Result;
using core::Tag;
using core::Vocabulary;
using storage::CatalogReader;
using storage::CatalogWriter;
using Tags = std::vector<Tag>;

constexpr std::size_t kMaxTagsOfVocabulary = 10'000;

Result<std::optional<Vocabulary>> find_vocabulary(CatalogReader& reader, std::string_view name) {
  const auto all = reader.vocabularies();
  if (!all) return tl::unexpected(all.error());
  for (const bool by_id : {true, false}) {
    for (const Vocabulary& one : *all) {
      if ((by_id ? one.id : one.name) == name) return one;
    }
  }
  return std::nullopt;
}

tl::unexpected<core::Error> invalid(std::string_view id, core::LocalizedText message,
                                    core::ErrorDetails details) {
  auto failure = core::fail(ErrorCode::kInvalidArgument, id, std::move(message),
                            {"details の各項目を直して、もう一度送ってください。",
                             "Correct the fields named in the details and send it again."});
  failure.value().details = std::move(details);
  return failure;
}

core::ErrorDetails check_wanted(const Vocabulary& wanted,
                                const std::optional<std::vector<std::string>>& tags) {
  core::ErrorDetails wrongs = core::check_vocabulary_name(wanted.name, "/name");
  if (!tags) return wrongs;
  if (tags->size() > kMaxTagsOfVocabulary) {
    wrongs.push_back(
        group_wrong("/tags", {"タグが多すぎます（10000 まで）。", "Too many: at most 10000"}));
    return wrongs;
  }
  for (const std::string& tag : *tags) {
    auto more = core::check_tag_name(tag, "/tags");
    std::move(more.begin(), more.end(), std::back_inserter(wrongs));
  }
  return wrongs;
}

Tag tag_of(const Vocabulary& vocabulary, const std::string& name) {
  return {core::stable_uuid("tag", vocabulary.id + "/" + name), name, vocabulary.id};
}

// The vocabulary's tags become `wanted`.
Result<Tags> replace_tags(const Vocabulary& vocabulary, const Tags& current,
                          const std::vector<std::string>& wanted, CatalogWriter& writer) {
  Tags after;
  for (const Tag& tag : current) {
    if (std::find(wanted.begin(), wanted.end(), tag.name) != wanted.end()) {
      after.push_back(tag);
    } else if (auto gone = writer.remove_tag(tag.id); !gone) {
      return tl::unexpected(std::move(gone).error());
    }
  }
  for (const std::string& name : wanted) {
    const bool known =
        std::any_of(after.begin(), after.end(), [&](const Tag& tag) { return tag.name == name; });
    if (known) continue;
    after.push_back(tag_of(vocabulary, name));
    if (auto put = writer.put_tag(after.back()); !put) {
      return tl::unexpected(std::move(put).error());
    }
  }
  std::sort(after.begin(), after.end(), [](const Tag& a, const Tag& b) { return a.name < b.name; });
  return after;
}

AuditSubject vocabulary_subject(std::string_view action, const Vocabulary& vocabulary) {
  AuditSubject subject;
  subject.action = action;
  subject.kind = "vocabulary";
  subject.id = vocabulary.id;
  subject.name = vocabulary.name;
  return subject;
}

AuditSubject tag_subject(std::string_view action, const Tag& tag) {
  AuditSubject subject;
  subject.action = action;
  subject.kind = "tag";
  subject.id = tag.id;
  subject.name = tag.name;
  return subject;
}

// The one to change, as it is; nullopt: it is to be made. Fills in what `made` leaves open.
Result<std::optional<Vocabulary>> vocabulary_before(CatalogReader& reader, Vocabulary& made) {
  if (made.id.empty()) return std::nullopt;
  auto found = find_vocabulary(reader, made.id);
  if (!found) return found;
  if (!*found) return vocabulary_not_found();
  made.id = (*found)->id;
  if (made.name.empty()) made.name = (*found)->name;
  return found;
}

// The change of one vocabulary, inside its transaction.
Result<Changes> write_vocabulary(Vocabulary& made,
                                 const std::optional<std::vector<std::string>>& tags,
                                 CatalogWriter& writer) {
  auto& reader = writer.reader();
  const auto known_before = vocabulary_before(reader, made);
  if (!known_before) return tl::unexpected(known_before.error());
  const std::optional<Vocabulary>& before = *known_before;
  core::ErrorDetails wrongs = check_wanted(made, tags);
  const auto same_name = find_vocabulary(reader, made.name);
  if (!same_name) return tl::unexpected(same_name.error());
  if (*same_name && (*same_name)->id != made.id) {
    wrongs.push_back(group_wrong(
        "/name", {"この語彙の名前は使われています。", "That vocabulary name is already in use."},
        {"別の名前にしてください。", "Choose another name."}));
  }
  if (!wrongs.empty()) {
    return invalid("vocabulary-invalid",
                   {"語彙の項目に誤りがあります。", "Fields of the vocabulary are not valid."},
                   std::move(wrongs));
  }
  if (!before) made.id = core::random_uuid();
  Tags current;
  if (before) {
    auto known = reader.tags({"", made.id, true});
    if (!known) return tl::unexpected(std::move(known).error());
    current = std::move(*known);
  }
  if (auto put = writer.put_vocabulary(made); !put) return tl::unexpected(std::move(put).error());
  auto after = tags ? replace_tags(made, current, *tags, writer) : Result<Tags>(current);
  if (!after) return tl::unexpected(std::move(after).error());
  AuditSubject subject =
      vocabulary_subject(before ? "vocabulary.update" : "vocabulary.create", made);
  if (before) subject.before = formats::write_vocabulary_document(*before, current);
  subject.after = formats::write_vocabulary_document(made, *after);
  Changes changes;
  changes.result = "\"" + made.id + "\"";
  if (subject.before != subject.after) changes.subjects.push_back(std::move(subject));
  return changes;
}

}  // namespace

Result<Vocabulary> GroupWrites::put_vocabulary(const Vocabulary& wanted,
                                               const std::optional<std::vector<std::string>>& tags,
                                               const WriteContext& context) {
  if (auto may = auth::require(auth::Action::kChangeVocabularies, context.caller); !may) {
    return tl::unexpected(std::move(may).error());
  }
  Vocabulary made = wanted;
  const auto written = store_.write(
      context, [&](CatalogWriter& writer) { return write_vocabulary(made, tags, writer); });
  if (!written) return tl::unexpected(written.error());
  if (!written->replayed) return made;
  made.id = written->result.substr(1, written->result.size() - 2);
  return made;
}

Result<void> GroupWrites::remove_vocabulary(std::string_view id_or_name,
                                            const WriteContext& context) {
  if (auto may = auth::require(auth::Action::kChangeVocabularies, context.caller); !may) return may;
  const auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto& reader = writer.reader();
    const auto found = find_vocabulary(reader, id_or_name);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return vocabulary_not_found();
    const Vocabulary& vocabulary = **found;
    const auto tags = reader.tags({"", vocabulary.id, true});
    if (!tags) return tl::unexpected(tags.error());
    if (!tags->empty()) {
      return core::fail(ErrorCode::kConflict, "vocabulary-has-tags",
                        {"この語彙にはタグが " + std::to_string(tags->size()) + " 件あります。",
                         "Vocabulary cannot be deleted while it still has tags"},
                        {"先にタグを削除してください。", "Delete its tags first."});
    }
    if (auto gone = writer.remove_vocabulary(vocabulary.id); !gone) {
      return tl::unexpected(std::move(gone).error());
    }
    AuditSubject subject = vocabulary_subject("vocabulary.delete", vocabulary);
    subject.before = formats::write_vocabulary_document(vocabulary, {});
    return Changes{{std::move(subject)}, {}, "null"};
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

Result<Tag> GroupWrites::create_tag(std::string_view name, std::string_view vocabulary,
                                    const WriteContext& context) {
  if (auto may = auth::require(auth::Action::kChangeVocabularies, context.caller); !may) {
    return tl::unexpected(std::move(may).error());
  }
  Tag made;
  const auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto& reader = writer.reader();
    core::ErrorDetails wrongs = core::check_tag_name(name, "/name");
    const auto found = find_vocabulary(reader, vocabulary);
    if (!found) return tl::unexpected(found.error());
    if (!*found) {
      wrongs.push_back(
          group_wrong("/vocabulary_id", {"語彙が見つかりません。", "Tag vocabulary was not found."},
                      {"vocabulary_list で確かめてください。", "See vocabulary_list."}));
    } else {
      made = tag_of(**found, std::string(name));
      const auto known = reader.tag(name, (*found)->id);
      if (!known) return tl::unexpected(known.error());
      if (*known && (*known)->vocabulary_id == (*found)->id) {
        wrongs.push_back(
            group_wrong("/vocabulary_id",
                        {"このタグは語彙に既にあります。",
                         "Tag " + made.name + " already belongs to vocabulary " + (*found)->id}));
      }
    }
    if (!wrongs.empty()) {
      return invalid("tag-invalid",
                     {"タグの項目に誤りがあります。", "Fields of the tag are not valid."},
                     std::move(wrongs));
    }
    if (auto put = writer.put_tag(made); !put) return tl::unexpected(std::move(put).error());
    AuditSubject subject = tag_subject("tag.create", made);
    subject.after = formats::write_tag_document(made);
    return Changes{{std::move(subject)}, {}, "null"};
  });
  if (!written) return tl::unexpected(written.error());
  return made;
}

Result<void> GroupWrites::remove_tag(std::string_view id_or_name, std::string_view vocabulary,
                                     const WriteContext& context) {
  if (auto may = auth::require(auth::Action::kChangeVocabularies, context.caller); !may) return may;
  const auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto& reader = writer.reader();
    std::string vocabulary_id;
    if (!vocabulary.empty()) {
      auto found = find_vocabulary(reader, vocabulary);
      if (!found) return tl::unexpected(std::move(found).error());
      if (!*found) return vocabulary_not_found();
      vocabulary_id = (*found)->id;
    }
    const auto tag = reader.tag(id_or_name, vocabulary_id);
    if (!tag) return tl::unexpected(tag.error());
    if (!*tag) return tag_not_found();
    if (auto gone = writer.remove_tag((*tag)->id); !gone) {
      return tl::unexpected(std::move(gone).error());
    }
    AuditSubject subject = tag_subject("tag.delete", **tag);
    subject.before = formats::write_tag_document(**tag);
    return Changes{{std::move(subject)}, {}, "null"};
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace minato::service
