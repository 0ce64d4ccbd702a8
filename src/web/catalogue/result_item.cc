#include "web/catalogue/result_item.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/url.h"
#include "text/character.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "web/catalogue/dataset_facts.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/freshness.h"
#include "web/catalogue/marked_text.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

using core::SearchExpr;
using Words = std::vector<text::SoughtWord>;

constexpr std::size_t kMaxColumns = 300;  // looked through for the words
constexpr std::size_t kMaxWords = 20;
constexpr std::size_t kMaxFormats = 6;

// Sets "<key>_parts". True when a word is marked in it.
bool put_marked(View& view, const std::string& key, std::string_view text, const Words& words) {
  const auto spans = text::find_words(text, words);
  put(view, key + "_parts", marked_parts(text, spans));
  return !spans.empty();
}

// As put_text(), in parts.
bool put_marked_text(View& view, const std::string& key, const core::LocalizedText& text,
                     const Words& words, core::Language page) {
  const bool japanese = page == core::Language::kJa;
  const std::string& wanted = text.in(page);
  const std::string& shown =
      wanted.empty() ? text.in(japanese ? core::Language::kEn : core::Language::kJa) : wanted;
  put(view, key, !shown.empty());
  put(view, key + "_lang", wanted.empty() && !shown.empty() ? (japanese ? "en" : "ja") : "");
  return put_marked(view, key, shown, words);
}

void put_formats(View& view, const core::Dataset& dataset) {
  std::vector<std::string_view> seen;
  View formats = list();
  for (const core::Resource& resource : dataset.resources) {
    if (resource.format.empty() || seen.size() == kMaxFormats) continue;
    if (std::find(seen.begin(), seen.end(), resource.format) != seen.end()) continue;
    seen.push_back(resource.format);
    View format = object();
    put(format, "text", resource.format);
    formats.push_back(format);
  }
  put(view, "has_formats", !seen.empty());
  put(view, "formats", formats);
}

// What a hit was found by that its title and notes do not show.
struct Elsewhere {
  const char* label;  // key
  std::string_view text;
  std::vector<text::Span> spans;
};

std::optional<Elsewhere> found_in(const char* label, std::string_view text, const Words& words) {
  auto spans = text::find_words(text, words);
  if (spans.empty()) return std::nullopt;
  return Elsewhere{label, text, std::move(spans)};
}

std::optional<Elsewhere> found_in_resources(const core::Dataset& dataset, const Words& words) {
  std::size_t looked_at = 0;
  for (const core::Resource& resource : dataset.resources) {
    if (auto found = found_in("search_in_file", resource.name, words)) return found;
    for (const core::Column& column : resource.columns) {
      if (++looked_at > kMaxColumns) return std::nullopt;
      if (auto found = found_in("search_in_column", column.title, words)) return found;
      if (auto found = found_in("search_in_column", column.name, words)) return found;
    }
  }
  return std::nullopt;
}

std::optional<Elsewhere> found_elsewhere(const core::Dataset& dataset, const Words& words,
                                         const service::Directory& directory) {
  for (const core::Tag& tag : dataset.tags) {
    if (auto found = found_in("search_in_tag", tag.name, words)) return found;
  }
  const core::Group* publisher = directory.find(core::GroupKind::kOrganization, dataset.owner_org);
  if (publisher != nullptr) {
    if (auto found = found_in("search_in_publisher", publisher->title, words)) return found;
  }
  if (auto found = found_in("search_in_title", dataset.title, words)) return found;
  if (auto found = found_in("search_in_title", dataset.title_en, words)) return found;
  return found_in_resources(dataset, words);
}

// Signs around and inside of a word separate for the search: 「避難所」 is found by its 避難所.
void add_sought(const std::string& folded, bool open_end, Words& words) {
  std::string run;
  const auto end_run = [&](bool open) {
    if (!run.empty() && words.size() < kMaxWords) words.push_back({run, open});
    run.clear();
  };
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const char32_t c = text::decode(folded, at);
    if (text::class_of(c) == text::CharacterClass::kSeparator) {
      end_run(false);
    } else {
      run += folded.substr(begin, at - begin);
    }
  }
  end_run(open_end);
}

void collect(const SearchExpr& expr, Words& words) {
  if (words.size() == kMaxWords || expr.kind == SearchExpr::Kind::kNot) return;
  const bool prefix = expr.kind == SearchExpr::Kind::kPrefix;
  if ((prefix || expr.kind == SearchExpr::Kind::kText) && expr.field.empty()) {
    const std::string folded = text::fold(expr.value);
    // As it stands first: what is written with signs is marked with them.
    words.push_back({folded, prefix});
    add_sought(folded, prefix, words);
  }
  for (const SearchExpr& child : expr.children) collect(child, words);
}

}  // namespace

View search_hit(const core::Dataset& dataset, const Words& words,
                const service::Directory& directory, const Visit& visit) {
  View view = object();
  bool shown = put_marked_text(view, "title", title_of(dataset), words, visit.language);
  put(view, "href", visit.link("/dataset/" + http::percent_encode(dataset.name)));
  put_publisher(view, directory.find(core::GroupKind::kOrganization, dataset.owner_org), visit);
  const core::LocalizedText notes{excerpt(dataset.notes, words), excerpt(dataset.notes_en, words)};
  shown = put_marked_text(view, "notes", notes, words, visit.language) || shown;
  const core::Timestamp newest = newest_of(dataset);
  put(view, "modified", display_day(newest, visit.language));
  put(view, "modified_iso", core::to_rfc3339(newest));
  put_formats(view, dataset);
  const auto elsewhere =
      shown || words.empty() ? std::nullopt : found_elsewhere(dataset, words, directory);
  put(view, "elsewhere", elsewhere ? visit.texts[elsewhere->label] : "");
  put_words(view, "elsewhere_text", elsewhere ? std::string(elsewhere->text) : "", visit.language);
  put(view, "elsewhere_parts",
      elsewhere ? marked_parts(elsewhere->text, elsewhere->spans) : list());
  return view;
}

View dataset_summary(const core::Dataset& dataset, const service::Directory& directory,
                     const Visit& visit) {
  return search_hit(dataset, {}, directory, visit);
}

Words sought_words(const core::SearchExpr& query) {
  Words words;
  collect(query, words);
  return words;
}

}  // namespace minato::web
