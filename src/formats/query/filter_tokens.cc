#include "formats/query/filter_tokens.h"

#include <array>
#include <optional>
#include <utility>

#include "core/utf8.h"
#include "core/word_characters.h"
#include "formats/query/query_fault.h"

namespace minato::formats {
namespace {

using Kind = FilterToken::Kind;

constexpr std::size_t kMaxBytes = std::size_t{8} * 1024;

// What Japanese keyboards produce in place of our signs.
constexpr std::array<std::pair<char32_t, std::string_view>, 22> kFullWidth = {{
    {0xFF1D, "="}, {0xFF1C, "<"}, {0xFF1E, ">"},  {0xFF01, "!"},  {0xFF08, "("}, {0xFF09, ")"},
    {0xFF0C, ","}, {0x3001, ","}, {0xFF07, "'"},  {0x2018, "'"},  {0x2019, "'"}, {0x300C, "'"},
    {0x300D, "'"}, {0x3000, " "}, {0xFF40, "`"},  {0xFF0A, "*"},  {0xFF05, "%"}, {0xFF02, "'"},
    {0x201C, "'"}, {0x201D, "'"}, {0x2260, "!="}, {0x2266, "<="},
}};

std::string_view half_width_of(char32_t c) {
  for (const auto& [full, half] : kFullWidth) {
    if (full == c) return half;
  }
  return {};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Cutter {
 public:
  Cutter(std::string_view text, std::string_view param, std::size_t begin)
      : text_(text), param_(param), at_(begin) {}

  core::Result<std::vector<FilterToken>> run() {
    while (true) {
      skip_spaces();
      const std::size_t start = at_;
      FilterToken token;
      if (at_ < text_.size()) {
        auto next = cut();
        if (!next) return tl::unexpected(std::move(next.error()));
        token = std::move(*next);
      }
      token.offset = start;
      token.end = at_;
      const bool is_end = token.kind == Kind::kEnd;
      tokens_.push_back(std::move(token));
      if (is_end) return std::move(tokens_);
    }
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r')))
      ++at_;
  }

  core::Result<FilterToken> cut() {
    const char c = text_[at_];
    if (c == '\'') return quoted(Kind::kText, '\'');
    if (c == '`') return quoted(Kind::kQuotedName, '`');
    if (auto number = cut_number()) return std::move(*number);
    if (auto name = cut_name()) return std::move(*name);
    if (auto sign = cut_sign()) return std::move(*sign);
    return refuse();
  }

  core::Result<FilterToken> quoted(Kind kind, char quote) {
    FilterToken token;
    token.kind = kind;
    const std::size_t start = at_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != quote) {
          ++at_;
          return token;
        }
        ++at_;
      }
      token.text += text_[at_];
    }
    const std::string sign(1, quote);
    return fail_syntax(
        {param_, text_, start},
        {{"引用符 " + sign + " が閉じていません。", "The quote " + sign + " is never closed."},
         sign,
         std::string(text_.substr(start)),
         {"中にある引用符は 2 つ重ねて書きます（例: 'O''Hara'）。",
          "A quote inside is written twice, as in 'O''Hara'."}});
  }

  // A sign belongs to the number only where a value may stand.
  [[nodiscard]] bool value_may_follow() const {
    if (tokens_.empty()) return false;
    const FilterToken& last = tokens_.back();
    if (last.kind == Kind::kSign) return last.text != ")" && last.text != "*";
    return last.kind == Kind::kName &&
           (is_keyword(last.text, "between") || is_keyword(last.text, "and"));
  }

  std::optional<FilterToken> cut_number() {
    std::size_t i = at_;
    const bool has_sign = text_[i] == '-' || text_[i] == '+';
    if (has_sign && !value_may_follow()) return std::nullopt;
    if (has_sign) ++i;
    const std::size_t digits = i;
    i = skip_digits(i);
    if (i == digits) return std::nullopt;
    if (i + 1 < text_.size() && text_[i] == '.' && is_digit(text_[i + 1])) i = skip_digits(i + 1);
    if (i < text_.size() && (text_[i] == 'e' || text_[i] == 'E')) {
      std::size_t exponent = i + 1;
      if (exponent < text_.size() && (text_[exponent] == '-' || text_[exponent] == '+')) ++exponent;
      if (skip_digits(exponent) > exponent) i = skip_digits(exponent);
    }
    if (word_length(i) > 0) return std::nullopt;  // "2024年度" is a name
    FilterToken token;
    token.kind = Kind::kNumber;
    token.text = std::string(text_.substr(at_, i - at_));
    at_ = i;
    return token;
  }

  [[nodiscard]] std::size_t skip_digits(std::size_t i) const {
    while (i < text_.size() && is_digit(text_[i])) ++i;
    return i;
  }

  // Bytes of the word character at `offset`; 0: there is none.
  [[nodiscard]] std::size_t word_length(std::size_t offset) const {
    if (offset >= text_.size()) return 0;
    std::size_t end = offset;
    const auto c = core::next_code_point(text_, end);
    return c && core::is_word_character(*c) ? end - offset : 0;
  }

  std::optional<FilterToken> cut_name() {
    FilterToken token;
    token.kind = Kind::kName;
    const std::size_t start = at_;
    for (std::size_t length = word_length(at_); length > 0; length = word_length(at_))
      at_ += length;
    if (at_ == start) return std::nullopt;
    token.text = std::string(text_.substr(start, at_ - start));
    return token;
  }

  std::optional<FilterToken> cut_sign() {
    constexpr std::array<std::string_view, 13> kSigns = {"!=", "<>", "<=", ">=", "=", "<", ">",
                                                         "(",  ")",  ",",  ":",  "*", "-"};
    for (const auto sign : kSigns) {
      if (text_.substr(at_).starts_with(sign)) {
        at_ += sign.size();
        FilterToken token;
        token.kind = Kind::kSign;
        token.text = sign == "<>" ? "!=" : std::string(sign);
        return token;
      }
    }
    return std::nullopt;
  }

  tl::unexpected<core::Error> refuse() const {
    std::size_t end = at_;
    const auto c = core::next_code_point(text_, end);
    const std::string got(text_.substr(at_, c ? end - at_ : 1));
    QueryFault fault;
    fault.got = got;
    fault.message = {"「" + got + "」はここでは使えません。", "\"" + got + "\" cannot stand here."};
    const std::string half(c ? half_width_of(*c) : std::string_view());
    if (!half.empty()) {
      fault.expected = half;
      fault.hint = {"全角の記号です。半角の " + half + " で書いてください。",
                    "This is a full-width sign; write " + half + "."};
    } else if (got == "\"") {
      fault.hint = {"文字列は '…'、記号を含む列名は `…` で囲みます。",
                    "Texts stand in single quotes '…', names with symbols in backticks `…`."};
    } else {
      fault.hint = {"記号を含む列名は `…` で囲むか、c1 のような別名で書いてください。",
                    "Put names with symbols into backticks `…`, or use an alias such as c1."};
    }
    return fail_syntax({param_, text_, at_}, std::move(fault));
  }

  std::string_view text_;
  std::string_view param_;
  std::size_t at_;
  std::vector<FilterToken> tokens_;
};

}  // namespace

bool is_keyword(std::string_view word, std::string_view keyword) {
  if (word.size() != keyword.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != keyword[i]) return false;
  }
  return true;
}

core::Result<std::vector<FilterToken>> cut_filter(std::string_view text, std::string_view param,
                                                  std::size_t begin) {
  if (text.size() > kMaxBytes) {
    return fail_size({param, text, kMaxBytes},
                     {{"条件が長すぎます。", "This is too long."},
                      "<= 8192 bytes",
                      std::to_string(text.size()) + " bytes",
                      {"条件を短くするか、いくつかの要求に分けてください。",
                       "Shorten it, or ask in several requests."}});
  }
  for (std::size_t i = begin; i < text.size();) {
    if (!core::next_code_point(text, i)) {
      return fail_syntax(
          {param, text, i},
          {{"UTF-8 として正しくありません。", "This is not UTF-8."},
           "UTF-8",
           "",
           {"UTF-8 をパーセントエンコードして送ってください。", "Send percent-encoded UTF-8."}});
    }
  }
  return Cutter(text, param, begin).run();
}

}  // namespace minato::formats
