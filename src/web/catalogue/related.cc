#include "web/catalogue/related.h"

#include <string>
#include <string_view>
#include <utility>

#include "core/utf8.h"

namespace minato::web {
namespace {

using core::SearchExpr;

constexpr std::size_t kRelated = 5;
// A scored clause costs the more the more datasets have it; the first tags tell enough.
constexpr std::size_t kMaxTags = 6;
constexpr std::size_t kMaxWords = 4;
constexpr std::size_t kMaxThemes = 3;

SearchExpr clause(SearchExpr::Kind kind, std::string field, std::string value) {
  SearchExpr expr;
  expr.kind = kind;
  expr.field = std::move(field);
  expr.value = std::move(value);
  return expr;
}

bool separates(char32_t c) {
  return c <= U'/' || (c >= U':' && c <= U'@') || (c >= U'[' && c <= U'`') ||
         (c >= U'{' && c <= 0xBF) || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
         c == U'・' || (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20);
}

// The runs of letters of a title that are long enough to mean something; years and numbers not.
std::vector<std::string> words_of(std::string_view title) {
  std::vector<std::string> words;
  std::string word;
  std::size_t letters = 0;
  bool has_letter = false;
  const auto end_word = [&] {
    if (letters >= 2 && has_letter && words.size() < kMaxWords) words.push_back(word);
    word.clear();
    letters = 0;
    has_letter = false;
  };
  for (std::size_t at = 0; at < title.size();) {
    const auto c = core::next_code_point(title, at);
    if (!c) {
      ++at;
    } else if (separates(*c)) {
      end_word();
    } else {
      core::append_utf8(word, *c);
      ++letters;
      has_letter |= *c > U'9';
    }
  }
  end_word();
  return words;
}

SearchExpr likeness(const core::Dataset& dataset) {
  SearchExpr any;
  any.kind = SearchExpr::Kind::kOr;
  for (const core::Tag& tag : dataset.tags) {
    if (any.children.size() == kMaxTags) break;
    any.children.push_back(clause(SearchExpr::Kind::kText, "", tag.name));
  }
  for (const std::string& word : words_of(dataset.title)) {
    any.children.push_back(clause(SearchExpr::Kind::kText, "", word));
  }
  for (std::size_t i = 0; i < dataset.themes.size() && i < kMaxThemes; ++i) {
    any.children.push_back(clause(SearchExpr::Kind::kEqual, "theme", dataset.themes[i]));
  }
  if (!dataset.owner_org.empty()) {
    any.children.push_back(clause(SearchExpr::Kind::kEqual, "owner_org", dataset.owner_org));
  }
  return any;
}

}  // namespace

core::Result<std::vector<core::DatasetPointer>> related_datasets(service::Catalog& catalog,
                                                                 const core::Dataset& dataset) {
  std::vector<core::DatasetPointer> related;
  core::SearchRequest request;
  request.query = likeness(dataset);
  if (request.query->children.empty()) return related;
  request.limit = kRelated + 1;
  auto found = catalog.search(request);
  if (!found) return tl::unexpected(std::move(found).error());
  for (core::DatasetPointer& other : found->datasets) {
    if (other->id != dataset.id && related.size() < kRelated) related.push_back(std::move(other));
  }
  return related;
}

}  // namespace minato::web
