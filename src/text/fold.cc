#include "text/fold.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <stdexcept>

#include "text/character.h"
#include "text/utf8.h"
#include "text/variants.h"

namespace minato::text {
namespace {

constexpr char32_t kProlonged = 0x30FC;  // ー
// ICU counts in int32_t: longer texts are folded in pieces.
constexpr std::size_t kPieceBytes = 1U << 20U;

const icu::Normalizer2& nfkc_casefold() {
  static const icu::Normalizer2* const normalizer = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
    // ICU's data is part of its library: only a broken installation gets here.
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    return instance;
  }();
  return *normalizer;
}

// Case folding can undo composition and the other way round; ICU's NFKC_Casefold is closed under
// both (UAX #15, toNFKC_Casefold), one pass is enough.
std::string normalized(std::string_view valid) {
  std::string out;
  out.reserve(valid.size());
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(valid.size()));
  UErrorCode status = U_ZERO_ERROR;
  nfkc_casefold().normalizeUTF8(
      0, icu::StringPiece(valid.data(), static_cast<std::int32_t>(valid.size())), sink, nullptr,
      status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return out;
}

// Drops voiced marks that composed with nothing; left in, they would compose with what is made
// later.
bool drop_loose_marks(std::string& text) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i, 3);
    if (rest == "\u3099" || rest == "\u309A") {
      i += 2;
    } else {
      text[kept++] = text[i];
    }
  }
  const bool dropped = kept < text.size();
  text.resize(kept);
  return dropped;
}

bool is_dash(char32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500 || c == 0x2501;
}

bool is_kana(char32_t c) { return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA); }

bool is_word(char32_t c) {
  const CharacterClass kind = class_of(c);
  return kind != CharacterClass::kSeparator;
}

char32_t to_hiragana(char32_t c) {
  if (c >= 0x30A1 && c <= 0x30F6) c -= 0x60;
  if (c >= 0x30FD && c <= 0x30FE) c -= 0x60;  // ヽ ヾ
  if (c == 0x3095) return 0x304B;             // ゕ as か
  if (c == 0x3096) return 0x3051;             // ゖ as け
  return c;
}

// か to が, は to ば; 0 when the kana has no voiced form.
char32_t voiced(char32_t kana) {
  const bool before_small_tsu = kana >= 0x304B && kana <= 0x3062 && (kana - 0x304B) % 2 == 0;
  const bool after_small_tsu = kana >= 0x3064 && kana <= 0x3069 && (kana - 0x3064) % 2 == 0;
  const bool ha_row = kana >= 0x306F && kana <= 0x307D && (kana - 0x306F) % 3 == 0;
  return before_small_tsu || after_small_tsu || ha_row ? kana + 1 : 0;
}

// か for が: what ゝ repeats of a voiced kana is its plain form (すずめ: すゞめ, つゞく: つづく).
char32_t unvoiced(char32_t kana) {
  return kana > 0x3041 && voiced(kana - 1) == kana ? kana - 1 : kana;
}

// Writes folded characters and knows the last ones.
class Folder {
 public:
  explicit Folder(std::string_view normalized) : in_(normalized) { out_.reserve(in_.size()); }

  std::string run() && {
    while (offset_ < in_.size()) {
      const auto byte = static_cast<unsigned char>(in_[offset_]);
      if (byte < 0x80 && byte != '-') {
        ++offset_;
        put_ascii(static_cast<char>(byte));
      } else {
        put_character(decode(in_, offset_));
      }
    }
    return std::move(out_);
  }

 private:
  void put_ascii(char c) {
    marks_ = 0;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      space_ = true;
      return;
    }
    put(static_cast<char32_t>(static_cast<unsigned char>(c)));
  }

  void put_character(char32_t c) {
    if (is_white_space(c)) {
      space_ = true;
      return;
    }
    if (c == 0x3005 || c == 0x303B) {  // 々 〻
      put(repeated_kanji(c));
      return;
    }
    marks_ = 0;
    if (is_dash(c) && !space_ && is_kana(last_) && !(at_word() && !at_kana())) {
      c = kProlonged;
    } else if (c == 0x301C || c == 0x3030) {
      c = '~';
    }
    c = to_hiragana(c);
    if ((c == 0x309D || c == 0x309E) && !space_ && is_kana(last_)) {  // ゝ ゞ
      const char32_t plain = unvoiced(last_);
      c = c == 0x309D || voiced(plain) == 0 ? plain : voiced(plain);
    }
    put(unified_kanji(c));
  }

  // The n-th 々 in a row repeats the n-th of the n kanji before the row: 馬鹿々々しい is
  // 馬鹿馬鹿しい.
  char32_t repeated_kanji(char32_t mark) {
    if (space_) return mark;
    if (marks_ == 0) {
      while (marks_before_end() && at_mark(marks_)) ++marks_;
      source_ = out_.size();
      for (std::size_t i = 0; i <= marks_; ++i) {
        const std::size_t start = previous(source_);
        if (!is_kanji_at(start)) break;
        source_ = start;
      }
      ++marks_;
    }
    if (!is_kanji_at(source_) || source_ == out_.size()) return mark;
    return decode(out_, source_);
  }

  [[nodiscard]] bool marks_before_end() const { return marks_ < 16; }
  // Is the i-th character from here on 々 too?
  [[nodiscard]] bool at_mark(std::size_t i) const {
    return in_.substr(std::min(in_.size(), offset_ + 3 * i)).starts_with("々");
  }
  [[nodiscard]] std::size_t previous(std::size_t end) const {
    while (end > 0 && (static_cast<unsigned char>(out_[--end]) & 0xC0U) == 0x80) {
    }
    return end;
  }
  [[nodiscard]] bool is_kanji_at(std::size_t offset) const {
    if (offset >= out_.size()) return false;
    const char32_t c = decode(out_, offset);
    return is_han(c) && c != 0x3005;
  }

  [[nodiscard]] char32_t next() const {
    std::size_t offset = offset_;
    return offset < in_.size() ? decode(in_, offset) : U' ';
  }
  [[nodiscard]] bool at_kana() const { return is_kana(next()) || next() == kProlonged; }
  [[nodiscard]] bool at_word() const { return is_word(next()); }

  void put(char32_t c) {
    if (space_ && !out_.empty()) out_ += ' ';
    space_ = false;
    append(out_, c);
    last_ = c;
  }

  std::string_view in_;
  std::size_t offset_ = 0;
  std::string out_;
  char32_t last_ = 0;
  bool space_ = false;
  std::size_t marks_ = 0;   // 々 in the row that is being read
  std::size_t source_ = 0;  // in out_: what the next 々 of the row repeats
};

std::string folded_piece(std::string_view valid) {
  std::string text = normalized(valid);
  if (drop_loose_marks(text)) text = normalized(text);
  return Folder(text).run();
}

bool fold_ascii(std::string_view text, std::string& out) {
  out.reserve(text.size());
  bool space = false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return true;
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  if (fold_ascii(text, out)) return out;
  const std::string valid = sanitized(text);
  out.clear();
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view piece = truncated(rest, kPieceBytes);
    out += folded_piece(piece);
    rest.remove_prefix(piece.size());
  }
  return out;
}

}  // namespace minato::text
