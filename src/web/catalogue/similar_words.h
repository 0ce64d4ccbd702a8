// Which words somebody may have meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace minato::web {

// How alike two folded words are, from 0 to 1 (the same): by letters that differ, are missing or
// too many (Levenshtein), in characters. Words longer than 40 characters are like nothing.
double likeness(std::string_view a, std::string_view b);

// The places of the candidates (not folded) that are like the word, the most alike first, at most
// `limit`.
std::vector<std::size_t> alike(std::string_view word,
                               const std::vector<std::string_view>& candidates, std::size_t limit);

// The words of a search box, as written: cut at blanks, "quoted phrases" kept whole.
std::vector<std::string> box_words(std::string_view text);

}  // namespace minato::web
