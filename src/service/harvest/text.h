// Texts from strangers, made fit for the catalogue.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace minato::service {

// Valid UTF-8 without control characters and outer blanks. Line ends become "\n" in a `kText`, and
// blanks in a `kLine`.
enum class TextShape { kLine, kText };
std::string clean_text(std::string_view text, TextShape shape);

// Full-width ASCII, the ideographic space and half-width brackets as ASCII: "ＣＳＶ" is "CSV".
std::string narrowed(std::string_view text);

std::string lower_ascii(std::string_view text);

// The first `count` code points.
std::string_view first_code_points(std::string_view text, std::size_t count);

// The parts between any of the characters of `separators` (code points in UTF-8), without outer
// blanks and empty parts.
std::vector<std::string> split_text(std::string_view text, std::string_view separators);

// What was dropped or cut, for the extra "harvest_repairs".
class Repairs {
 public:
  // "tag: 東京都観光...": what kind of thing it was, and the words.
  void dropped(std::string_view what, std::string_view words);
  // What the reader of the source dropped before.
  void take(const std::vector<std::string>& notes);
  [[nodiscard]] bool empty() const { return notes_.empty(); }
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  void note(const std::string& note);

  std::vector<std::string> notes_;
};

}  // namespace minato::service
