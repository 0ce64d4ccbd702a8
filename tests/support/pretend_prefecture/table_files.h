// Files with tables, as municipalities publish them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/pretend_prefecture/content.h"

namespace minato::pretend {

using Rows = std::vector<std::vector<std::string>>;  // the first is the header

enum class Form { kUtf8, kBom, kCp932, kXlsx };

// Subjects municipalities publish about: 0 .. topic_count() - 1.
std::size_t topic_count();
std::string_view topic_title(std::size_t topic);  // "AED設置箇所一覧"
std::string_view topic_word(std::size_t topic);   // "aed": for file and dataset names

struct TableWish {
  std::size_t topic = 0;
  std::string code;  // of the municipality
  std::string city;
  std::size_t rows = 10;
  std::string seed;  // other seeds, other values
};
Rows make_table(const TableWish& wish);

std::string csv_text(const Rows& rows);  // UTF-8, CRLF
std::string xlsx_bytes(const Rows& rows);
File table_file(const Rows& rows, Form form, const std::string& modified);

// REQUIRES: every character exists in the encoding ("CP932", "EUC-JP").
std::string encoded(std::string_view utf8, const char* encoding);

}  // namespace minato::pretend
