#include "formats/ckan_query.h"

#include <optional>
#include <string>
#include <utility>

#include "core/search_fields.h"
#include "core/utf8.h"
#include "formats/query_value.h"

namespace minato::formats {
namespace {

using core::Result;
using core::SearchExpr;
using core::SearchField;
using Kind = core::SearchExpr::Kind;

constexpr std::size_t kMaxBytes = 8 * 1024;
constexpr int kMaxDepth = 32;
constexpr int kMaxClauses = 200;
constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";

SearchExpr join(Kind kind, std::vector<SearchExpr> children) {
  if (children.size() == 1) return std::move(children.front());
  SearchExpr expr;
  expr.kind = kind;
  expr.children = std::move(children);
  return expr;
}

// Recursive descent over the bytes of one query. Every level of recursion counts against kMaxDepth.
class QueryParser {
 public:
  QueryParser(std::string_view text, const core::Clock& clock) : text_(text), clock_(clock) {}

  Result<SearchExpr> parse() {
    if (text_.size() > kMaxBytes) {
      return fail_query(kMaxBytes,
                        {"検索式が長すぎます（8 KB まで）。", "The query is longer than 8 KB."},
                        {"条件を減らしてください。", "Use fewer clauses."});
    }
    if (!core::is_valid_utf8(text_)) {
      return fail_query(0,
                        {"検索式が正しい UTF-8 ではありません。", "The query is not valid UTF-8."},
                        {"UTF-8 で送ってください。", "Send it in UTF-8."});
    }
    skip_space();
    if (at_end()) return SearchExpr{};
    if (rest().starts_with("{!")) {
      return fail_query(
          at_, {"局所パラメーター {!…} は使えません。", "Local parameters {!...} are not allowed."},
          {"{!…} を除いてください。", "Leave the {!...} out."});
    }
    auto expr = parse_clauses({"", core::FieldType::kText}, 0);
    if (expr && !at_end()) return fail_unopened();
    return expr;
  }

 private:
  // Clauses side by side, up to the end or a ")".
  Result<SearchExpr> parse_clauses(const SearchField& field, int depth) {
    std::vector<SearchExpr> clauses;
    for (skip_space(); !at_end() && rest().front() != ')'; skip_space()) {
      auto clause = parse_or(field, depth);
      if (!clause) return clause;
      clauses.push_back(std::move(*clause));
    }
    if (clauses.empty() && depth == 0) return fail_unopened();
    if (clauses.empty()) {
      return fail_query(at_, {"括弧の中が空です。", "There is nothing in the parentheses."},
                        {"条件を書いてください。", "Write a clause."});
    }
    return join(Kind::kAnd, std::move(clauses));
  }

  Result<SearchExpr> parse_or(const SearchField& field, int depth) {
    std::vector<SearchExpr> parts;
    do {
      auto part = parse_and(field, depth);
      if (!part) return part;
      parts.push_back(std::move(*part));
    } while (take_operator("OR", "||"));
    return join(Kind::kOr, std::move(parts));
  }

  Result<SearchExpr> parse_and(const SearchField& field, int depth) {
    std::vector<SearchExpr> parts;
    do {
      auto part = parse_clause(field, depth);
      if (!part) return part;
      parts.push_back(std::move(*part));
    } while (take_operator("AND", "&&"));
    return join(Kind::kAnd, std::move(parts));
  }

  Result<SearchExpr> parse_clause(const SearchField& field, int depth) {
    skip_space();
    if (depth >= kMaxDepth) {
      return fail_query(at_,
                        {"検索式の入れ子が深すぎます（32 段まで）。",
                         "The query is nested deeper than 32 levels."},
                        {"括弧を減らしてください。", "Use fewer parentheses."});
    }
    if (take_operator("NOT", "!") || take("-")) {
      auto inner = parse_clause(field, depth + 1);
      if (!inner) return inner;
      SearchExpr expr;
      expr.kind = Kind::kNot;
      expr.children.push_back(std::move(*inner));
      return expr;
    }
    if (take("+")) return parse_clause(field, depth + 1);
    auto expr = parse_operand(field, depth);
    if (expr) {
      if (auto read = skip_boost(); !read) return tl::unexpected(std::move(read).error());
    }
    return expr;
  }

  // A clause without its sign: [field:] value.
  Result<SearchExpr> parse_operand(const SearchField& field, int depth) {
    if (at_end()) {
      return fail_query(
          at_, {"検索式が途中で終わっています。", "The query ends where a clause is expected."},
          {"演算子や記号の後に条件を書いてください。", "Write a clause behind the last sign."});
    }
    for (const std::string_view word : {"AND", "OR", "&&", "||"}) {
      if (is_operator(word)) {
        return fail_query(at_,
                          {std::string(word) + " の前後には条件が要ります。",
                           std::string(word) + " needs a clause on both sides."},
                          {"語として探すときは \"" + std::string(word) + "\" と書いてください。",
                           "To look for the word itself, write it in double quotes."});
      }
    }
    if (!starts_word()) return parse_value(field, depth, false);
    const std::size_t start = at_;
    auto term = read_word(false);
    if (!term) return tl::unexpected(std::move(term).error());
    if (!take(":")) return finish_word(field, *term);
    if (term->text == "*") {
      if (take("*")) return SearchExpr{};
      return fail_query(start, {"* は項目名ではありません。", "* is not a field."},
                        {"全件は *:* と書いてください。", "Everything is *:*."});
    }
    if (term->has_wildcard) {
      return fail_query(start,
                        {"項目名に * や ? は使えません。", "A field name takes no wildcards."});
    }
    return parse_value(core::search_field(term->text), depth, true);
  }

  Result<SearchExpr> parse_value(const SearchField& field, int depth, bool named) {
    skip_space();
    if (at_end()) {
      return fail_query(
          at_, {": の後に値がありません。", "A value is missing behind the colon."},
          {"空かどうかは -項目:* で調べられます。", "For an empty field write -field:*."});
    }
    const char next = rest().front();
    if (next == '(') return parse_group(field, depth);
    if (next == '[' || next == '{') return parse_range(field);
    if (next == '"') return parse_phrase(field);
    if (!starts_word()) return fail_sign();
    auto term = read_word(named);
    if (!term) return tl::unexpected(std::move(term).error());
    return finish_word(field, *term);
  }

  Result<SearchExpr> parse_group(const SearchField& field, int depth) {
    const std::size_t open = at_++;
    if (depth + 1 >= kMaxDepth) {
      return fail_query(open,
                        {"検索式の入れ子が深すぎます（32 段まで）。",
                         "The query is nested deeper than 32 levels."},
                        {"括弧を減らしてください。", "Use fewer parentheses."});
    }
    auto inner = parse_clauses(field, depth + 1);
    if (!inner) return inner;
    if (!take(")")) {
      return fail_query(open, {"( が閉じていません。", "This ( is not closed."},
                        {") を補ってください。", "Add the )."});
    }
    return inner;
  }

  Result<SearchExpr> parse_phrase(const SearchField& field) {
    auto term = read_quoted();
    if (!term) return tl::unexpected(std::move(term).error());
    if (take("~")) {
      while (!at_end() && rest().front() >= '0' && rest().front() <= '9') ++at_;
    }
    return counted(make_leaf(field, *term, clock_));
  }

  Result<SearchExpr> parse_range(const SearchField& field) {
    QueryRange range;
    range.offset = at_;
    range.low.inclusive = rest().front() == '[';
    ++at_;
    auto low = read_bound();
    if (!low) return tl::unexpected(std::move(low).error());
    range.low.value = std::move(*low);
    skip_space();
    if (!rest().starts_with("TO") || !is_space_at(at_ + 2)) {
      return fail_query(at_, {"範囲に TO がありません。", "The range lacks its TO."},
                        {"[2024-01-01T00:00:00Z TO NOW] のように大文字の TO で書いてください。",
                         "Write it as [2024-01-01T00:00:00Z TO NOW], TO in capitals."});
    }
    at_ += 2;
    auto high = read_bound();
    if (!high) return tl::unexpected(std::move(high).error());
    range.high.value = std::move(*high);
    skip_space();
    range.high.inclusive = rest().starts_with(']');
    if (!take("]") && !take("}")) {
      return fail_query(range.offset, {"範囲が閉じていません。", "This range is not closed."},
                        {"] か } で閉じてください。", "Close it with ] or }."});
    }
    return counted(make_range(field, std::move(range), clock_));
  }

  // One end of a range; nullopt for "*".
  Result<std::optional<std::string>> read_bound() {
    skip_space();
    if (rest().starts_with('"')) {
      auto term = read_quoted();
      if (!term) return tl::unexpected(std::move(term).error());
      return std::move(term->text);
    }
    std::string value;
    const std::size_t start = at_;
    while (!at_end() && !is_space_at(at_) && rest().front() != ']' && rest().front() != '}') {
      if (rest().front() == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_++];
    }
    if (value == "*") return std::optional<std::string>();
    if (value.empty() || value == "TO") {
      return fail_query(start, {"範囲の端の値がありません。", "An end of the range is missing."},
                        {"開いた端は * と書いてください。", "An open end is written *."});
    }
    return std::optional<std::string>(std::move(value));
  }

  Result<QueryTerm> read_quoted() {
    QueryTerm term;
    term.quoted = true;
    term.offset = at_++;
    while (!at_end() && rest().front() != '"') {
      if (rest().front() == '\\' && at_ + 1 < text_.size()) ++at_;
      term.text += text_[at_++];
    }
    if (!take("\"")) {
      return fail_query(term.offset, {"\" が閉じていません。", "This \" is not closed."},
                        {"\" を補うか、\\\" と書いてください。", "Add the \" or write \\\"."});
    }
    return term;
  }

  // `with_colons`: behind "field:" more colons belong to the value ("url:https://..."), which Solr
  // refuses.
  Result<QueryTerm> read_word(bool with_colons) {
    QueryTerm term;
    term.offset = at_;
    while (!at_end() && !is_space_at(at_)) {
      const char c = rest().front();
      if (c == '\\') {
        if (at_ + 1 >= text_.size()) {
          return fail_query(at_, {"\\ の後に文字がありません。", "Nothing follows the \\."},
                            {"\\\\ と書いてください。", "Write \\\\."});
        }
        const char escaped = text_[at_ + 1];
        term.has_escaped_wildcard = term.has_escaped_wildcard || escaped == '*' || escaped == '?';
        term.text += escaped;
        at_ += 2;
        continue;
      }
      if (std::string_view("()[]{}^\"~").find(c) != std::string_view::npos) break;
      if (c == ':' && !with_colons) break;
      term.has_wildcard = term.has_wildcard || c == '*' || c == '?';
      term.text += c;
      ++at_;
    }
    return term;
  }

  Result<SearchExpr> finish_word(const SearchField& field, const QueryTerm& term) {
    if (rest().starts_with('~')) {
      return fail_query(
          at_, {"あいまい検索（語~）はできません。", "Fuzzy search (word~) is not supported."},
          {"~ を除くか、末尾に * を付けてください。", "Leave the ~ out, or end the word with *."});
    }
    return counted(make_leaf(field, term, clock_));
  }

  Result<SearchExpr> counted(Result<SearchExpr> leaf) {
    if (++clauses_ <= kMaxClauses || !leaf) return leaf;
    return fail_query(at_,
                      {"条件が多すぎます（200 まで）。", "The query has more than 200 clauses."},
                      {"分けて検索してください。", "Search in parts."});
  }

  Result<void> skip_boost() {
    if (!take("^")) return {};
    take("=");
    const std::size_t start = at_;
    while (!at_end() &&
           std::string_view("0123456789.").find(rest().front()) != std::string_view::npos) {
      ++at_;
    }
    if (at_ > start) return {};
    return fail_query(at_, {"^ の後に数がありません。", "A number is missing behind the ^."},
                      {"title:港^2 のように書いてください。", "Write it as title:port^2."});
  }

  tl::unexpected<core::Error> fail_unopened() {
    return fail_query(at_, {"対応する ( のない ) があります。", "There is a ) without its (."},
                      {") を除くか、\\) と書いてください。", "Leave it out, or write \\)."});
  }

  tl::unexpected<core::Error> fail_sign() {
    const std::string sign(1, rest().front());
    return fail_query(at_,
                      {"ここに " + sign + " は置けません。", "There may be no " + sign + " here."},
                      {"文字として探すときは \\" + sign + " と書いてください。",
                       "To look for the character itself, write \\" + sign + "."});
  }

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  [[nodiscard]] std::size_t space_length(std::size_t offset) const {
    if (offset >= text_.size()) return 0;
    const char c = text_[offset];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return 1;
    return text_.substr(offset).starts_with(kIdeographicSpace) ? kIdeographicSpace.size() : 0;
  }
  [[nodiscard]] bool is_space_at(std::size_t offset) const { return space_length(offset) > 0; }
  void skip_space() {
    while (is_space_at(at_)) at_ += space_length(at_);
  }

  bool take(std::string_view sign) {
    if (!rest().starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }

  // True if a word or one of its escapes begins here.
  [[nodiscard]] bool starts_word() const {
    return !at_end() &&
           std::string_view("()[]{}^\"~:").find(rest().front()) == std::string_view::npos;
  }

  // An operator in letters stands alone; one in signs needs no space behind it.
  [[nodiscard]] bool is_operator(std::string_view word) const {
    if (!rest().starts_with(word)) return false;
    if (word[0] < 'A' || word[0] > 'Z') return true;
    const std::size_t behind = at_ + word.size();
    return behind == text_.size() || is_space_at(behind) || text_[behind] == '(' ||
           text_[behind] == ')' || text_[behind] == '"';
  }
  bool take_operator(std::string_view word, std::string_view sign) {
    const std::size_t before = at_;
    skip_space();
    for (const std::string_view spelling : {word, sign}) {
      if (is_operator(spelling)) return take(spelling);
    }
    at_ = before;
    return false;
  }

  std::string_view text_;
  const core::Clock& clock_;
  std::size_t at_ = 0;
  int clauses_ = 0;
};

}  // namespace

Result<SearchExpr> parse_ckan_fq(std::string_view text, const core::Clock& clock) {
  return QueryParser(text, clock).parse();
}

}  // namespace minato::formats
