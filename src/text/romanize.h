// Japanese titles in Latin letters, for names in URLs that people can read and type.
#pragma once

#include <string>
#include <string_view>

namespace minato::text {

// Lower-case ASCII words with "-" between them: "令和5年度 避難所一覧" -> "reiwa5-hinanjo-ichiran".
// Kana by Hepburn with long vowels written short, full-width letters and digits as ASCII, words
// that titles of open data use by their reading (readings.h). Kanji of unknown reading and all
// other signs are dropped; nothing readable gives "". Never fails.
std::string romanize(std::string_view text);

}  // namespace minato::text
