#include "storage/sqlite/search/document_content.h"

#include <algorithm>

#include "core/licenses.h"
#include "core/vocabularies.h"
#include "text/fold.h"
#include "text/tokenizer.h"
#include "text/utf8.h"

namespace minato::storage::sqlite::search {
namespace {

const char* state_name(core::State state) {
  if (state == core::State::kActive) return "active";
  return state == core::State::kDraft ? "draft" : "deleted";
}

class Collector {
 public:
  explicit Collector(const IndexedDataset& entry) : entry_(entry), dataset_(entry.dataset) {}

  DocumentContent run() && {
    add_dataset();
    add_surroundings();
    add_tags();
    for (const auto& extra : dataset_.extras) {
      value("extras_" + extra.key, extra.value);
      text("rest", extra.value);
    }
    for (const auto& resource : dataset_.resources) add_resource(resource);
    finish();
    return std::move(content_);
  }

 private:
  // Values of a column stand on lines of their own.
  void text(std::string_view column, std::string_view more) {
    std::string& whole = content_.texts[text_column(column)];
    if (more.empty() || whole.size() >= kMaxTextColumnBytes) return;
    if (!whole.empty()) whole += '\n';
    whole += text::truncated(more, kMaxTextColumnBytes - whole.size());
  }

  void value(std::string field, std::string_view value) {
    if (value.empty()) return;
    content_.values.emplace_back(std::move(field), text::truncated(value, kMaxValueBytes));
  }

  void add_dataset() {
    const auto& d = dataset_;
    for (const auto* title : {&d.title, &d.title_kana, &d.title_en}) text("title", *title);
    text("name", d.name);
    for (const auto* notes : {&d.notes, &d.notes_en}) text("notes", *notes);
    text("author", d.author);
    text("maintainer", d.maintainer);
    for (const auto* rest : {&d.license_id, &d.url, &d.version}) text("rest", *rest);
    value("id", d.id);
    value("name", d.name);
    value("title_string", d.title);
    value("url", d.url);
    value("version", d.version);
    value("license_id", d.license_id);
    const core::License* license = core::find_license(d.license_id);
    value("isopen", license != nullptr && license->open ? "true" : "false");
    value("owner_org", d.owner_org);
    value("creator_user_id", d.creator_user_id);
    value("state", state_name(d.state));
    value("private", d.is_private ? "true" : "false");
    value("capacity", d.is_private ? "private" : "public");
    value("frequency", d.frequency);
    for (const auto& code : d.spatial) value("municipality", code);
  }

  void add_surroundings() {
    if (entry_.organization != nullptr) {
      const core::Group& organization = *entry_.organization;
      value("organization", organization.name);
      text("organization", organization.name);
      add_titles("organization", organization);
    }
    for (const auto& group : entry_.groups) {
      value("groups", group.name);
      text("rest", group.name);
      add_titles("rest", group);
    }
    for (const auto& code : dataset_.themes) {
      value("theme", code);
      if (const core::Theme* theme = core::find_theme(code)) {
        text("rest", theme->name.ja);
        text("rest", theme->name.en);
      }
    }
  }

  void add_titles(std::string_view column, const core::Group& group) {
    for (const auto* title : {&group.title, &group.title_kana, &group.title_en}) {
      text(column, *title);
    }
  }

  void add_tags() {
    for (const auto& tag : dataset_.tags) {
      text("tags", tag.name);
      // CKAN: tags of a vocabulary are in its own field only.
      value(tag.vocabulary_id.empty() ? "tags" : vocabulary_field(tag.vocabulary_id), tag.name);
    }
  }

  std::string vocabulary_field(const std::string& id) const {
    for (const auto& vocabulary : entry_.vocabularies) {
      if (vocabulary.id == id) return "vocab_" + vocabulary.name;
    }
    return "vocab_" + id;
  }

  void add_resource(const core::Resource& resource) {
    if (resource.state != core::State::kActive) return;
    text("res_name", resource.name);
    text("res_description", resource.description);
    text("rest", resource.format);
    for (const auto& column : resource.columns) {
      text("columns", column.name);
      text("columns", column.title);
    }
    value("res_format", resource.format);
    value("res_url", resource.url);
    value("res_type", resource.resource_type);
    for (const auto& extra : resource.extras) value("res_extras_" + extra.key, extra.value);
  }

  void finish() {
    auto& values = content_.values;
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    for (auto& column : content_.texts) {
      column = text::fold(column);
      content_.tokens += tokens_of(column);
    }
    content_.title_tokens = tokens_of(text::fold(dataset_.title));
  }

  static std::uint32_t tokens_of(std::string_view folded) {
    std::uint32_t count = 0;
    text::Tokenizer tokenizer(folded, text::TokenizerMode::kQuery);
    for (text::Token token; tokenizer.next(token);) ++count;
    return count;
  }

  const IndexedDataset& entry_;
  const core::Dataset& dataset_;
  DocumentContent content_;
};

}  // namespace

DocumentContent content_of(const IndexedDataset& entry) { return Collector(entry).run(); }

}  // namespace minato::storage::sqlite::search
