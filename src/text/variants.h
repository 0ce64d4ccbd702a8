// Variant kanji: which character stands for others in search (髙 for 高, 﨑 for 崎, 邊 and 邉 for
// 辺).
#pragma once

namespace minato::text {

// The character that stands for `c`; `c` itself when it is no variant. Constant time.
char32_t unified_kanji(char32_t c);

}  // namespace minato::text
