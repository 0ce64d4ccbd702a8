// The forgiving half of ckan_query.h: plain words, the search box, and sort orders.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/search_fields.h"
#include "core/utf8.h"
#include "core/word_characters.h"
#include "formats/ckan_query.h"
#include "formats/query_value.h"

namespace minato::formats {
namespace {

using core::SearchExpr;
using Kind = core::SearchExpr::Kind;

constexpr std::size_t kMaxBytes = 8 * 1024;
constexpr std::size_t kMaxWords = 50;
constexpr std::size_t kMaxSortKeys = 10;

bool is_space(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x00A0 || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200B);
}

// Straight and typographic: Japanese keyboards produce both, and full-width ones.
bool is_quote(char32_t c) { return c == U'"' || c == 0x201C || c == 0x201D || c == 0xFF02; }

struct Word {
  std::string text;
  bool phrase = false;
  bool excluded = false;
};

// Cuts `text` at spaces outside quotes. A quote that is never closed reaches to the end.
std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  Word word;
  bool quoted = false;
  const auto finish = [&] {
    if (!word.text.empty() && words.size() < kMaxWords) words.push_back(std::move(word));
    word = {};
  };
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    const auto read = core::next_code_point(text, offset);
    if (!read) {
      ++offset;  // broken bytes match nothing
      continue;
    }
    if (is_quote(*read)) {
      const bool sign = word.text == "-";
      if (sign) word.text.clear();
      finish();
      quoted = !quoted;
      word.phrase = quoted;
      word.excluded = sign && quoted;
    } else if (is_space(*read) && !quoted) {
      finish();
    } else {
      word.text.append(text.substr(start, offset - start));
    }
  }
  finish();
  return words;
}

bool has_word_character(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const auto c = core::next_code_point(text, offset);
    if (!c) return false;
    if (core::is_word_character(*c)) return true;
  }
  return false;
}

// Signs in front of and behind a word: -excluded, +required (as every word is), begin*.
SearchExpr to_expression(Word word) {
  SearchExpr expr;
  expr.kind = Kind::kText;
  if (!word.phrase) {
    if (word.text.front() == '-') {
      word.excluded = true;
      word.text.erase(0, 1);
    } else if (word.text.front() == '+') {
      word.text.erase(0, 1);
    }
    if (word.text.ends_with('*')) {
      expr.kind = Kind::kPrefix;
      word.text.pop_back();
    }
  }
  expr.value = std::move(word.text);
  if (!word.excluded) return expr;
  SearchExpr negation;
  negation.kind = Kind::kNot;
  negation.children.push_back(std::move(expr));
  return negation;
}

SearchExpr all_of_words(std::vector<Word> words, std::string_view text) {
  std::vector<SearchExpr> clauses;
  for (Word& word : words) {
    if (has_word_character(word.text)) clauses.push_back(to_expression(std::move(word)));
  }
  if (clauses.size() == 1) return std::move(clauses.front());
  SearchExpr expr;
  if (!clauses.empty()) {
    expr.kind = Kind::kAnd;
    expr.children = std::move(clauses);
  } else if (!words.empty() && text.find_first_not_of("*") != std::string_view::npos) {
    // Only signs: nothing has them as a word, and "everything" would be the wrong answer.
    expr.kind = Kind::kText;
    expr.value = std::string(text.substr(0, 256));
  }
  return expr;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// "a OR b" without a colon: dismax would look for the word "OR", which nobody means.
bool has_operator(const std::vector<Word>& words) {
  return std::any_of(words.begin(), words.end(), [](const Word& word) {
    return !word.phrase && (word.text == "OR" || word.text == "AND" || word.text == "NOT");
  });
}

tl::unexpected<core::Error> fail_sort(std::string_view part) {
  const std::string shown(core::is_valid_utf8(part) ? part.substr(0, part.size() > 100 ? 0 : 100)
                                                    : std::string_view());
  core::LocalizedText message = {"並べ替えの指定「" + shown + "」が正しくありません。",
                                 "Invalid \"sort\" parameter: " + shown};
  core::LocalizedText hint = {
      "「項目 asc」か「項目 desc」をコンマで区切って書いてください。項目: name, title_string, "
      "score, "
      "metadata_modified, metadata_created, views_recent, id",
      "Write \"field asc\" or \"field desc\", separated by commas. Fields: name, title_string, "
      "score, "
      "metadata_modified, metadata_created, views_recent, id"};
  auto failure = core::fail(core::ErrorCode::kInvalidArgument, "search-sort", message, hint);
  core::ErrorDetail detail;
  detail.param = "sort";
  detail.message = std::move(message);
  detail.got = shown;
  detail.hint = std::move(hint);
  failure.value().details.push_back(std::move(detail));
  return failure;
}

std::optional<core::SortKey> parse_sort_key(std::string_view part) {
  part = trim(part);
  const std::size_t space = part.find_first_of(" \t");
  if (space == std::string_view::npos || !core::is_sort_field(part.substr(0, space))) {
    return std::nullopt;
  }
  std::string direction(trim(part.substr(space)));
  for (char& c : direction) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
  if (direction != "asc" && direction != "desc") return std::nullopt;
  return core::SortKey{std::string(part.substr(0, space)), direction == "desc"};
}

}  // namespace

core::Result<SearchExpr> parse_ckan_q(std::string_view text, const core::Clock& clock) {
  const std::string_view asked = trim(text);
  if (asked.empty() || asked == "\"\"" || asked == "''" || asked == "*:*") return SearchExpr{};
  if (asked.size() > kMaxBytes || asked.find(':') != std::string_view::npos ||
      asked.starts_with("{!")) {
    return parse_ckan_fq(text, clock);
  }
  std::vector<Word> words = split_words(asked);
  if (has_operator(words)) {
    if (auto expr = parse_ckan_fq(text, clock)) return expr;
  }
  return all_of_words(std::move(words), asked);
}

SearchExpr parse_search_box(std::string_view text) {
  text = text.substr(0, kMaxBytes);
  std::vector<Word> words = split_words(text);
  // Whoever still types has no space behind the last word.
  const std::string_view kept = trim(text);
  const bool unfinished = !kept.empty() && kept.end() == text.end() &&
                          !text.ends_with("\xE3\x80\x80") && !words.empty() &&
                          !words.back().phrase && !words.back().text.ends_with('*');
  if (unfinished && !words.back().text.starts_with('-')) words.back().text += '*';
  return all_of_words(std::move(words), kept);
}

core::Result<std::vector<core::SortKey>> parse_ckan_sort(std::string_view text) {
  std::vector<core::SortKey> keys;
  text = trim(text);
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    auto key = parse_sort_key(part);
    if (!key || keys.size() == kMaxSortKeys) return fail_sort(part);
    keys.push_back(std::move(*key));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
    if (trim(text).empty()) return fail_sort(part);
  }
  return keys;
}

}  // namespace minato::formats
