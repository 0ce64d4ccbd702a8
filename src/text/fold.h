// Folding for search: texts that a reader takes for the same word become the same bytes.
#pragma once

#include <string>
#include <string_view>

namespace minato::text {

// In this order: bad UTF-8 to U+FFFD; NFKC with case folding (full-width and half-width forms, ㈱,
// ①, ligatures; invisible characters go); katakana to hiragana; ヶ and ヵ as ケ and カ; a hyphen or
// dash after a kana, and not before a kanji, letter or digit, is the prolonged sound mark ー;
// iteration marks (々 ゝ ゞ) repeat what they stand for; variant kanji (variants.h); wave dashes
// are "~"; white space is one blank between words and none around.
//
// fold(fold(x)) == fold(x). ｵｰﾌﾟﾝﾃﾞｰﾀ, オープンデータ and おーぷんでーた are equal, so are ＲＰＡ
// and rpa. Not unified: a missing ー (サーバ, サーバー), voiced marks, が for ヶ, words of other
// spelling. Never fails; the output has at most 12 times the bytes of the input. Thread-safe.
std::string fold(std::string_view text);

}  // namespace minato::text
