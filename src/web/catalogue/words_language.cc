#include "web/catalogue/words_language.h"

#include "core/utf8.h"

namespace minato::web {
namespace {

bool is_japanese(char32_t c) {
  return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFF9F) || c >= 0x20000;
}

}  // namespace

std::string words_language(std::string_view text, core::Language page) {
  if (page == core::Language::kJa) return "";
  for (std::size_t at = 0; at < text.size();) {
    const auto c = core::next_code_point(text, at);
    if (!c) {
      ++at;
    } else if (is_japanese(*c)) {
      return "ja";
    }
  }
  return "";
}

void put_words(View& view, const std::string& key, const std::string& text, core::Language page) {
  put(view, key, text);
  put(view, key + "_lang", words_language(text, page));
}

}  // namespace minato::web
