// Under which letter a word is looked up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minato::web {

// あ か さ ... わ, A to Z, 0-9, 漢字 (kanji whose reading is not known, and signs), in the order of
// an index. A word that begins with kanji goes to its reading when that is in text/readings.h.
std::string_view tag_initial(std::string_view word);
const std::vector<std::string_view>& tag_initials();

}  // namespace minato::web
