// Does a text hold the words that a reader looks for? Decides every search in rows, with and
// without an index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/tokenizer.h"

namespace minato::storage::sqlite::tables {

// Blank-separated words. A word is found where its tokens stand side by side (text/tokenizer.h);
// one without tokens ("★") where its folded characters are. No words at all: found everywhere.
class WordMatcher {
 public:
  explicit WordMatcher(std::string_view query);

  struct Word {
    std::string folded;
    text::QueryTokens tokens;
  };
  [[nodiscard]] const std::vector<Word>& words() const { return words_; }

  // Looks for all words in several texts together, a word in one text. `found` is reused memory.
  class Search {
   public:
    explicit Search(const WordMatcher& matcher)
        : matcher_(matcher), found_(matcher.words().size(), false) {}
    void look_in(std::string_view text);
    [[nodiscard]] bool complete() const { return found_count_ == found_.size(); }

   private:
    const WordMatcher& matcher_;
    std::vector<bool> found_;
    std::size_t found_count_ = 0;
  };

  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  std::vector<Word> words_;
};

}  // namespace minato::storage::sqlite::tables
