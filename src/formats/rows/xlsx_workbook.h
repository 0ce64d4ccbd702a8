// XLSX: the rows, their dictionary and their source, in one workbook.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/table.h"

namespace minato::formats {

struct XlsxSource {
  std::string title;
  std::string publisher;
  std::string license;
  std::string license_url;
  std::string url;
  std::string date;  // as shown
};

struct XlsxContent {
  std::vector<core::TableColumn> columns;  // of the rows, with the names to show
  std::int64_t rows = -1;                  // when known; else the limit is met while writing
  XlsxSource source;
  std::int64_t created = 0;  // the time in the file's properties, seconds since 1970; 0: now
};

// The next row's values, which live until the next call; an empty span at the end.
using NextRow = std::function<core::Result<std::span<const core::ValueView>>()>;

// Writes a new file: sheet "データ" (bold frozen header, filter; texts, and whole numbers beyond 15
// digits, as text; dates and times as Excel's), "データ項目定義", "出典". Memory for one row; the
// sheet's XML goes through a temporary file in the folder of `path`. Fails with what `next` fails
// with, kInvalidArgument "xlsx-too-many-columns" (16,384), "xlsx-too-many-rows" (1,048,575 and the
// header; before anything is written when `rows` tells), "xlsx-cell-too-long" (32,767 characters),
// or kInternal; then no file is left.
core::Result<void> write_xlsx(const std::string& path, const XlsxContent& content,
                              const NextRow& next);

}  // namespace minato::formats
