#include "web/catalogue/similar_words.h"

#include <algorithm>
#include <utility>

#include "core/nearest.h"
#include "text/character.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace minato::web {
namespace {

constexpr std::size_t kLongest = 40;  // characters: the cost is quadratic
constexpr double kAlike = 0.6;        // two of five characters may differ

std::u32string characters(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size() && out.size() <= kLongest;) {
    out += text::decode(text, at);
  }
  return out;
}

double likeness_of(const std::u32string& a, const std::u32string& b) {
  const std::size_t longer = std::max(a.size(), b.size());
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter == 0 || longer > kLongest) return 0;
  const auto most = static_cast<double>(longer);
  if (static_cast<double>(shorter) / most < kAlike) return 0;
  return 1 - static_cast<double>(core::edit_distance(a, b)) / most;
}

bool is_blank(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || text::is_white_space(c);
}

bool is_quote(char32_t c) { return c == U'"' || c == 0x201C || c == 0x201D || c == 0xFF02; }

}  // namespace

double likeness(std::string_view a, std::string_view b) {
  return likeness_of(characters(a), characters(b));
}

std::vector<std::size_t> alike(std::string_view word,
                               const std::vector<std::string_view>& candidates, std::size_t limit) {
  const std::string folded = text::fold(word);
  const std::u32string wanted = characters(folded);
  std::vector<std::pair<double, std::size_t>> found;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    // Folding never makes a word so much longer: most candidates need not be looked at closely.
    if (candidates[i].size() > 12 * kLongest) continue;
    const std::string other = text::fold(candidates[i]);
    const double how = other == folded ? 0 : likeness_of(wanted, characters(other));
    if (how >= kAlike) found.emplace_back(how, i);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::size_t> places;
  for (const auto& [how, place] : found) {
    if (places.size() == limit) break;
    places.push_back(place);
  }
  return places;
}

std::vector<std::string> box_words(std::string_view text) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = text::decode(text, at);
    if (is_quote(c)) quoted = !quoted;
    if (is_blank(c) && !quoted) {
      words.emplace_back();
    } else {
      words.back() += text.substr(begin, at - begin);
    }
  }
  std::erase(words, std::string());
  return words;
}

}  // namespace minato::web
