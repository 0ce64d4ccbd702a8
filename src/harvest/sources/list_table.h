// The rows of an オープンデータ一覧 as texts, from a file of any encoding and quality.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "harvest/sources/list_columns.h"

namespace minato::harvest {

struct ListRow {
  std::int64_t number =
      0;  // 1 is the first row below the header; blank rows and later headers do not count
  ListCells cells;
};

struct ListTable {
  ListColumns columns;
  std::vector<ListRow> rows;
};

// What a list may cost; a prefecture's has some thousand rows.
inline constexpr std::uint64_t kMaxListBytes = 64 * 1024 * 1024;
inline constexpr std::uint64_t kMaxListTextBytes = 256 * 1024 * 1024;
inline constexpr std::int64_t kMaxListRows = 300'000;

// The tables that have a column of titles; `sheet` names the one to take where a workbook has
// several. At least one. Fails as tabular::open_tabular_file() does, with kUnsupportedMedia
// "harvest-list-not-table" (an HTML page, JSON, ...), kInvalidArgument "harvest-list-columns" (no
// table of the file has such a column), "harvest-list-sheet" (no such sheet), or kTooLarge
// "harvest-list-too-large".
core::Result<std::vector<ListTable>> read_list_tables(const std::string& path,
                                                      std::string_view file_name,
                                                      std::string_view sheet);

}  // namespace minato::harvest
