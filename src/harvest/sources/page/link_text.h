// What the words of a link to a file say: 「AED設置箇所一覧（CSV：12KB）」「CSV(UTF-8)」「こちら」.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace minato::harvest {

struct LinkText {
  std::string name;                  // without format, size and the like; empty: it names nothing
  std::string format;                // as core::file_formats() spells it: "CSV"; empty: not said
  std::string encoding;              // "utf-8", "cp932", "euc-jp", ...; empty: not said
  std::optional<std::int64_t> size;  // bytes; a claim
};

LinkText read_link_text(std::string_view text);

// Words that say what one does with a file, or its form, not what is in it: ダウンロード, こちら,
// データ, CSV形式. Headings of this kind name no dataset.
bool is_generic_name(std::string_view text);

}  // namespace minato::harvest
