#include "harvest/sources/page/css_selector.h"

#include <cstddef>
#include <utility>

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxBytes = 500;
constexpr std::size_t kMaxParts = 50;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

using Kind = CssSelector::Condition::Kind;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  core::Result<std::vector<CssSelector::Chain>> run() {
    if (text_.size() > kMaxBytes) return failed("500 バイトを超えています", "over 500 bytes");
    std::vector<CssSelector::Chain> chains;
    do {
      auto chain = read_chain();
      if (!chain) return tl::unexpected(std::move(chain.error()));
      chains.push_back(std::move(*chain));
    } while (take(','));
    if (at_ < text_.size()) return failed("読めない文字です", "unexpected character");
    return chains;
  }

 private:
  core::Result<CssSelector::Chain> read_chain() {
    CssSelector::Chain chain;
    char combinator = ' ';
    while (true) {
      skip_blanks();
      CssSelector::Part part;
      part.combinator = combinator;
      if (auto read = read_part(part); !read) return tl::unexpected(std::move(read.error()));
      chain.push_back(std::move(part));
      if (++parts_ > kMaxParts) return failed("部分が多すぎます", "too many parts");
      const bool blank = skip_blanks();
      if (at_ >= text_.size() || text_[at_] == ',') return chain;
      if (text_[at_] == '>' || text_[at_] == '+' || text_[at_] == '~') {
        combinator = text_[at_++];
      } else if (blank) {
        combinator = ' ';
      } else {
        return failed("読めない文字です", "unexpected character");
      }
    }
  }

  core::Result<void> read_part(CssSelector::Part& part) {
    const std::size_t start = at_;
    if (take('*')) {
    } else if (at_ < text_.size() && is_name_character(text_[at_])) {
      CssSelector::Condition condition;
      condition.name = lower(name());
      part.conditions.push_back(std::move(condition));
    }
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c != '.' && c != '#' && c != '[' && c != ':') break;
      CssSelector::Condition condition;
      if (auto read = c == ':' ? read_pseudo(condition) : read_simple(condition); !read) {
        return read;
      }
      part.conditions.push_back(std::move(condition));
    }
    if (at_ == start) return failed("セレクターがありません", "a selector is missing");
    return {};
  }

  // After ":".
  core::Result<void> read_pseudo(CssSelector::Condition& condition) {
    const std::size_t start = at_++;
    const std::string pseudo = lower(name());
    if (pseudo == "first-child" || pseudo == "last-child") {
      condition.kind = pseudo == "first-child" ? Kind::kFirstChild : Kind::kLastChild;
      return {};
    }
    if (pseudo != "not" || !take('(')) {
      at_ = start;
      return failed("使えるのは :not() :first-child :last-child だけです",
                    "only :not(), :first-child and :last-child are known");
    }
    skip_blanks();
    if (at_ < text_.size() && is_name_character(text_[at_])) {
      condition.name = lower(name());
    } else if (auto read = read_simple(condition); !read) {
      return read;
    }
    condition.negated = true;
    skip_blanks();
    if (!take(')')) return failed("「)」がありません", "\")\" is missing");
    return {};
  }

  core::Result<void> read_simple(CssSelector::Condition& condition) {
    if (take('.')) {
      condition.kind = Kind::kClass;
    } else if (take('#')) {
      condition.kind = Kind::kId;
    } else if (take('[')) {
      return read_attribute(condition);
    } else {
      return failed("セレクターがありません", "a selector is missing");
    }
    condition.name = name();
    if (condition.name.empty()) return failed("名前がありません", "a name is missing");
    return {};
  }

  core::Result<void> read_attribute(CssSelector::Condition& condition) {
    condition.kind = Kind::kAttribute;
    skip_blanks();
    condition.name = lower(name());
    if (condition.name.empty()) return failed("属性名がありません", "an attribute is missing");
    skip_blanks();
    if (take(']')) return {};
    condition.operation = at_ < text_.size() ? text_[at_++] : '\0';
    const bool known =
        std::string_view("=~^$*|").find(condition.operation) != std::string_view::npos;
    if (!known || condition.operation == '\0' || (condition.operation != '=' && !take('='))) {
      return failed("「=」「~=」「^=」「$=」「*=」「|=」のどれかが要ります",
                    "one of = ~= ^= $= *= |= is expected");
    }
    skip_blanks();
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      const std::size_t close = text_.find(text_[at_], at_ + 1);
      if (close == std::string_view::npos) {
        return failed("引用符が閉じていません", "the quote is not closed");
      }
      condition.value = text_.substr(at_ + 1, close - at_ - 1);
      at_ = close + 1;
    } else {
      condition.value = name();
    }
    skip_blanks();
    if (!take(']')) return failed("「]」がありません", "\"]\" is missing");
    return {};
  }

  std::string name() {
    std::string out;
    while (at_ < text_.size() && (is_name_character(text_[at_]) || text_[at_] == '\\')) {
      if (text_[at_] == '\\' && ++at_ == text_.size()) break;
      out += text_[at_++];
    }
    return out;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool skip_blanks() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return at_ > start;
  }

  [[nodiscard]] tl::unexpected<core::Error> failed(const std::string& ja,
                                                   const std::string& en) const {
    const std::string place = std::to_string(at_ + 1);
    auto failure =
        core::fail(core::ErrorCode::kInvalidArgument, "harvest-selector",
                   {"セレクター「" + std::string(text_.substr(0, 100)) + "」の " + place +
                        " 文字目: " + ja + "。",
                    "Selector \"" + std::string(text_.substr(0, 100)) + "\", character " + place +
                        ": " + en + "."},
                   {"CSS のように書いてください。例: 「#contents table.data」「div[id^=dataset_]」",
                    "Write it as in CSS: \"#contents table.data\", \"div[id^=dataset_]\""});
    return failure;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t parts_ = 0;
};

}  // namespace

core::Result<CssSelector> CssSelector::parse(std::string_view text) {
  return Parser(text).run().map([](std::vector<Chain>&& chains) {
    CssSelector selector;
    selector.chains_ = std::move(chains);
    return selector;
  });
}

}  // namespace minato::harvest
