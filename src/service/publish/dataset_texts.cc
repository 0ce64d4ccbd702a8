#include "service/publish/dataset_texts.h"

#include <initializer_list>
#include <utility>

#include "core/utf8.h"
#include "service/publish/dataset_scope.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Resource;
using NamedText = std::pair<const char*, const std::string&>;

void visit_fields(const std::string& pointer, std::initializer_list<NamedText> texts,
                  const TextVisitor& visit) {
  for (const auto& [name, text] : texts) visit(pointer + "/" + name, text);
}

void visit_list(const std::string& pointer, const std::vector<std::string>& texts,
                const TextVisitor& visit) {
  for (std::size_t i = 0; i < texts.size(); ++i) visit(item_pointer(pointer, i), texts[i]);
}

void visit_extras(const std::string& pointer, const std::vector<core::Extra>& extras,
                  const TextVisitor& visit) {
  for (std::size_t i = 0; i < extras.size(); ++i) {
    visit(item_pointer(pointer, i, "key"), extras[i].key);
    visit(item_pointer(pointer, i, "value"), extras[i].value);
  }
}

void visit_resource(const std::string& pointer, const Resource& r, const TextVisitor& visit) {
  visit_fields(pointer,
               {{"id", r.id},
                {"name", r.name},
                {"description", r.description},
                {"url", r.url},
                {"url_type", r.url_type},
                {"format", r.format},
                {"mimetype", r.mimetype},
                {"mimetype_inner", r.mimetype_inner},
                {"hash", r.hash},
                {"resource_type", r.resource_type},
                {"cache_url", r.cache_url},
                {"license_id", r.license_id}},
               visit);
  for (std::size_t i = 0; i < r.columns.size(); ++i) {
    const core::Column& column = r.columns[i];
    visit_fields(item_pointer(pointer + "/columns", i),
                 {{"name", column.name},
                  {"title", column.title},
                  {"type", column.type},
                  {"unit", column.unit},
                  {"description", column.description}},
                 visit);
  }
  visit_extras(pointer + "/extras", r.extras, visit);
}

bool has_control_character(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const auto c = core::next_code_point(text, offset);
    if (!c) return false;
    const bool is_space = *c == U'\t' || *c == U'\n' || *c == U'\r';
    if ((*c < 0x20 && !is_space) || (*c >= 0x7F && *c < 0xA0)) return true;
  }
  return false;
}

}  // namespace

void visit_texts(const Dataset& d, const TextVisitor& visit) {
  visit_fields("",
               {{"id", d.id},
                {"name", d.name},
                {"title", d.title},
                {"title_kana", d.title_kana},
                {"title_en", d.title_en},
                {"notes", d.notes},
                {"notes_en", d.notes_en},
                {"url", d.url},
                {"version", d.version},
                {"author", d.author},
                {"author_email", d.author_email},
                {"maintainer", d.maintainer},
                {"maintainer_email", d.maintainer_email},
                {"license_id", d.license_id},
                {"owner_org", d.owner_org},
                {"creator_user_id", d.creator_user_id},
                {"frequency", d.frequency},
                {"language", d.language},
                {"temporal/start", d.temporal.start},
                {"temporal/end", d.temporal.end},
                {"contact/name", d.contact.name},
                {"contact/email", d.contact.email},
                {"contact/url", d.contact.url},
                {"contact/phone", d.contact.phone}},
               visit);
  visit_list("/themes", d.themes, visit);
  visit_list("/spatial", d.spatial, visit);
  visit_list("/groups", d.groups, visit);
  for (std::size_t i = 0; i < d.tags.size(); ++i) {
    visit(item_pointer("/tags", i), d.tags[i].name);
    visit(item_pointer("/tags", i, "vocabulary_id"), d.tags[i].vocabulary_id);
  }
  visit_extras("/extras", d.extras, visit);
  for (std::size_t i = 0; i < d.resources.size(); ++i) {
    visit_resource(item_pointer("/resources", i), d.resources[i], visit);
  }
}

void check_text(core::ErrorDetails& wrongs, const std::string& pointer, const std::string& text) {
  if (!core::is_valid_utf8(text)) {
    add_wrong(wrongs, pointer,
              {"文字が壊れています（UTF-8 ではありません）。", "Must be valid UTF-8"},
              {"UTF-8 で書き直してください。", "Write it again in UTF-8."});
  } else if (has_control_character(text)) {
    add_wrong(wrongs, pointer, {"制御文字は使えません。", "Must not contain control characters"},
              {"見えない文字を取り除いてください。使えるのはタブと改行だけです。",
               "Remove the invisible characters; only tabs and line ends may stay."});
  } else if (text.size() > core::kMaxTextBytes) {
    const std::string most = std::to_string(core::kMaxTextBytes);
    add_wrong(
        wrongs, pointer,
        {"長すぎます（" + most + " バイト以内）。", "Must be at most " + most + " bytes long"});
  }
}

core::ErrorDetails check_texts(const Dataset& dataset) {
  core::ErrorDetails wrongs;
  visit_texts(dataset, [&](const std::string& pointer, const std::string& text) {
    check_text(wrongs, pointer, text);
  });
  return wrongs;
}

}  // namespace minato::service
