#include "text/romanize.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/hepburn.h"
#include "text/readings.h"
#include "text/utf8.h"

namespace minato::text {

namespace {

// Full-width and half-width forms, ligatures and capitals as plain small letters. Never fails:
// ICU's data is part of its library.
std::string narrowed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status)) {
    const std::string sound = sanitized(text);
    fold->normalizeUTF8(0, {sound.data(), static_cast<std::int32_t>(sound.size())}, sink, nullptr,
                        status);
  }
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot fold text");
  return out;
}

constexpr char32_t kLongMark = 0x30FC;  // ー

bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x3096; }
bool is_katakana(char32_t c) { return (c >= 0x30A1 && c <= 0x30F6) || c == kLongMark; }
bool is_kana(char32_t c) { return is_hiragana(c) || is_katakana(c); }
bool is_same_kana(char32_t a, char32_t b) {
  return (is_hiragana(a) && is_hiragana(b)) || (is_katakana(a) && is_katakana(b));
}
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_plain(char32_t c) { return is_digit(c) || (c >= U'a' && c <= U'z'); }

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t c = decode(text, offset);
    out += c == U'ヶ' ? U'ケ' : c;
  }
  return out;
}

struct Dictionary {
  std::unordered_map<std::u32string, std::string_view> words;
  std::size_t longest = 0;
};

const Dictionary& dictionary() {
  static const Dictionary known = [] {
    Dictionary made;
    for (const auto& [word, latin] : word_readings()) {
      const std::u32string key = code_points(narrowed(word));
      made.longest = std::max(made.longest, key.size());
      made.words.emplace(key, latin);
    }
    return made;
  }();
  return known;
}

class Romanizer {
 public:
  explicit Romanizer(std::u32string text) : text_(std::move(text)) {}

  std::string run() {
    while (place_ < text_.size()) {
      const char32_t c = text_[place_];
      if (is_plain(c)) {
        take_plain();
      } else if (const std::size_t length = known_word()) {
        take_word(length);
      } else if (is_kana(c)) {
        take_kana();
      } else {
        ++place_;
        after_era_ = after_digits_ = false;
      }
    }
    return joined();
  }

 private:
  // Length of the longest known word here; 0: none.
  [[nodiscard]] std::size_t known_word() const {
    const Dictionary& known = dictionary();
    for (std::size_t length = std::min(known.longest, text_.size() - place_); length > 0;
         --length) {
      if (known.words.contains(text_.substr(place_, length)) && is_whole(length)) return length;
    }
    return 0;
  }

  // A word of kana begins where such kana begin, or behind another word; one of two kana ends with
  // them too: "バス" is neither in "アルバス" nor in "バスト". The particle の ends a word.
  [[nodiscard]] bool is_whole(std::size_t length) const {
    const std::size_t end = place_ + length;
    for (std::size_t i = place_; i < end; ++i) {
      if (!is_kana(text_[i])) return true;
    }
    const bool goes_on = end < text_.size() && is_same_kana(text_[end - 1], text_[end]);
    if (length <= 2 && goes_on) return false;
    if (place_ == word_end_ || text_[place_ - 1] == U'の') return true;
    return !is_same_kana(text_[place_ - 1], text_[place_]);
  }

  void take_plain() {
    const std::size_t begin = place_;
    while (place_ < text_.size() && is_plain(text_[place_])) ++place_;
    std::string word;
    for (std::size_t i = begin; i < place_; ++i) word += static_cast<char>(text_[i]);
    const bool begins_with_digit = is_digit(text_[begin]);
    const bool ends_with_digit = is_digit(text_[place_ - 1]);
    if (after_era_ && begins_with_digit) {
      words_.back() += word;  // "reiwa5"
    } else {
      words_.push_back(std::move(word));
    }
    after_era_ = false;
    after_digits_ = ends_with_digit;
  }

  void take_word(std::size_t length) {
    const std::u32string word = text_.substr(place_, length);
    place_ += length;
    word_end_ = place_;
    // What counts behind a number needs no word: 5年度, 4月1日.
    const bool is_unit = word == U"年度" || word == U"年" || word == U"月" || word == U"日";
    if (!(is_unit && after_digits_)) words_.emplace_back(dictionary().words.at(word));
    after_digits_ = false;
    after_era_ =
        word == U"令和" || word == U"平成" || word == U"昭和" || word == U"大正" || word == U"明治";
    if (after_era_ && text_.compare(place_, 2, U"元年") == 0) {
      words_.back() += '1';
      place_ += text_.compare(place_, 3, U"元年度") == 0 ? 3 : 2;
      after_era_ = false;
    }
  }

  void take_kana() {
    std::u32string kana;
    do {
      kana += text_[place_++];
    } while (place_ < text_.size() && known_word() == 0 &&
             (is_same_kana(kana.front(), text_[place_]) || text_[place_] == kLongMark));
    std::string latin = hepburn(kana);
    if (!latin.empty()) words_.push_back(std::move(latin));
    after_era_ = after_digits_ = false;
  }

  [[nodiscard]] std::string joined() const {
    std::string out;
    for (const std::string& word : words_) {
      if (!out.empty()) out += '-';
      out += word;
    }
    return out;
  }

  std::u32string text_;
  std::size_t place_ = 0;
  std::size_t word_end_ = 0;  // of the last known word
  std::vector<std::string> words_;
  bool after_era_ = false;
  bool after_digits_ = false;
};

}  // namespace

std::string romanize(std::string_view text) { return Romanizer(code_points(narrowed(text))).run(); }

}  // namespace minato::text
