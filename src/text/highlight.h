// Where the words of a query stand in a text as it was written: ﾃﾞｰﾀ is found in オープンデータ.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace minato::text {

struct Span {
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

struct SoughtWord {
  std::string folded;     // fold.h
  bool open_end = false;  // the word may go on: it is still being typed
};

// In order, none touching another, each from a character's start to a character's end. A word of
// letters or digits is found where a word begins, as search finds it. Empty when the text folds in
// a way whose parts cannot be told (rare signs): then nothing is marked rather than something
// wrong. Never fails.
std::vector<Span> find_words(std::string_view text, const std::vector<SoughtWord>& words);

}  // namespace minato::text
