#include "web/catalogue/word_pieces.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "text/character.h"
#include "text/utf8.h"
#include "web/catalogue/similar_words.h"

namespace minato::web {
namespace {

using text::CharacterClass;

constexpr std::size_t kMaxCharacters = 24;  // of a word that is cut
constexpr std::size_t kMaxPiece = 10;       // characters
constexpr int kMaxSearches = 60;            // of one query
constexpr int kLost = 100;                  // as bad as so many pieces

// A part of a word that is not cut any further: a character of kanji or kana, or a run of letters
// or digits.
struct Part {
  std::string text;
  CharacterClass kind = CharacterClass::kSeparator;
  bool is_particle = false;
};

bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x3096; }

// What stands between words and is none: の in AEDの場所, but not in みどりのまち.
bool is_particle(char32_t before, char32_t c, char32_t behind) {
  static constexpr std::u32string_view kParticles = U"のをにでとはがやへも";
  return kParticles.find(c) != std::u32string_view::npos && !is_hiragana(before) &&
         !is_hiragana(behind);
}

char32_t character_at(std::string_view word, std::size_t at) {
  return at < word.size() ? text::decode(word, at) : U'\0';
}

std::vector<Part> parts_of(std::string_view word) {
  std::vector<Part> parts;
  char32_t before = U'\0';
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    const char32_t c = text::decode(word, at);
    const CharacterClass kind = text::class_of(c);
    const bool goes_on = !parts.empty() && parts.back().kind == kind &&
                         (kind == CharacterClass::kLetter || kind == CharacterClass::kDigit);
    if (goes_on) {
      parts.back().text += word.substr(begin, at - begin);
    } else {
      const bool particle = begin > 0 && is_particle(before, c, character_at(word, at));
      parts.push_back({std::string(word.substr(begin, at - begin)), kind, particle});
    }
    before = c;
  }
  return parts;
}

// A reading, not something that is made of words one could tell apart.
bool is_all_hiragana(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    if (!is_hiragana(text::decode(word, at))) return false;
  }
  return true;
}

class Cutter {
 public:
  explicit Cutter(const KnowsPiece& knows) : knows_(knows) {}

  bool knows(const std::string& piece) {
    const auto known = known_.find(piece);
    if (known != known_.end()) return known->second;
    if (searches_ == kMaxSearches) return false;
    ++searches_;
    return known_[piece] = knows_(piece);
  }

  // The pieces with blanks between; nothing when too much would be lost.
  std::optional<Pieces> cut(std::string_view word) {
    if (is_all_hiragana(word)) return std::nullopt;
    const std::vector<Part> parts = parts_of(word);
    if (parts.size() < 2 || parts.size() > kMaxCharacters) return std::nullopt;
    best_.assign(parts.size() + 1, {});
    best_[0].cost = 0;
    for (std::size_t begin = 0; begin < parts.size(); ++begin) {
      if (best_[begin].cost < 0) continue;
      reach(begin, begin + 1, best_[begin].cost + price_of_leaving(parts[begin]), false);
      try_pieces(parts, begin);
    }
    const int lost = best_.back().cost / kLost;
    if (2 * static_cast<std::size_t>(lost) > parts.size()) return std::nullopt;
    std::string pieces = joined(parts);
    if (pieces.empty()) return std::nullopt;
    return Pieces{std::move(pieces), lost == 0};
  }

 private:
  struct Step {
    int cost = -1;  // so far; negative: not reached
    std::size_t from = 0;
    bool is_piece = false;
  };

  static int price_of_leaving(const Part& part) {
    return part.is_particle || part.kind == CharacterClass::kSeparator ? 0 : kLost;
  }

  void reach(std::size_t from, std::size_t to, int cost, bool is_piece) {
    Step& step = best_[to];
    // Of equals the one with the longer beginning: 保育園 一覧, not 保育 園一覧.
    if (step.cost < 0 || cost <= step.cost) step = {cost, from, is_piece};
  }

  void try_pieces(const std::vector<Part>& parts, std::size_t begin) {
    if (parts[begin].is_particle || parts[begin].kind == CharacterClass::kSeparator) return;
    std::string piece;
    const std::size_t end = std::min(parts.size(), begin + kMaxPiece);
    for (std::size_t i = begin; i < end; ++i) {
      if (parts[i].kind == CharacterClass::kSeparator) return;
      piece += parts[i].text;
      // One kanji or kana is in too many words to be one.
      const bool too_short = i == begin && parts[i].kind == CharacterClass::kCjk;
      if (too_short || parts[i].is_particle) continue;
      if (!knows(piece)) {
        // What is not found does not become found by going on.
        return;
      }
      reach(begin, i + 1, best_[begin].cost + 1, true);
    }
  }

  [[nodiscard]] std::string joined(const std::vector<Part>& parts) const {
    std::string out;
    for (std::size_t at = parts.size(); at > 0; at = best_[at].from) {
      if (!best_[at].is_piece) continue;
      std::string piece;
      for (std::size_t i = best_[at].from; i < at; ++i) piece += parts[i].text;
      out = out.empty() ? piece : piece + " " + out;
    }
    return out;
  }

  const KnowsPiece& knows_;
  std::map<std::string, bool> known_;
  int searches_ = 0;
  std::vector<Step> best_;
};

bool stays(const std::string& word) {
  return word.starts_with('-') || word.find('"') != std::string::npos;
}

}  // namespace

Pieces in_pieces(std::string_view query, const KnowsPiece& knows) {
  Cutter cutter(knows);
  Pieces all{"", true};
  bool any = false;
  for (const std::string& word : box_words(query)) {
    std::string kept = word;
    if (!stays(word) && !cutter.knows(word)) {
      auto cut = cutter.cut(word);
      if (!cut) return {};
      kept = std::move(cut->query);
      all.is_whole = all.is_whole && cut->is_whole;
      any = true;
    }
    all.query += (all.query.empty() ? "" : " ") + kept;
  }
  return any ? all : Pieces{};
}

core::Result<Pieces> known_pieces(const http::Params& params, const Visit& visit) {
  std::optional<core::Error> failure;
  Pieces pieces = in_pieces(value_of(params, "q"), [&](const std::string& piece) {
    if (failure) return false;
    const auto count = count_of({{"q", piece}}, visit);
    if (!count) failure = count.error();
    return count && *count > 0;
  });
  if (failure) return tl::unexpected(*std::move(failure));
  return pieces;
}

}  // namespace minato::web
