// オープンデータ一覧, the national table of a publisher's datasets (推奨データセット 06), as CSV:
// one spreadsheet tells a whole catalogue to any portal of Japan. harvest/sources/list* reads it
// back.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "formats/rows/csv_rows.h"

namespace minato::formats {

enum class ListGeneration {
  kOld,  // v1: one row per dataset, データ名称, データ概要, ...
  kNew,  // one row per file, データセット_* and ファイル_*
};

struct ListContext {
  std::string site_url;          // no slash at the end
  const core::Group* publisher;  // the organization; never null
  std::string prefecture;        // 都道府県名 of it, for the old form
  bool cp932 = false;            // else UTF-8 with a byte order mark
  std::function<bool(std::string_view resource_id)> has_table;  // so it has an API
};

// Texts that a spreadsheet would run as a formula are guarded by a ' in front.
class OpendataListWriter {
 public:
  OpendataListWriter(ListGeneration generation, ListContext context);

  void begin(std::string& out);  // the header
  void dataset(const core::Dataset& dataset, std::string& out);
  // Characters that CP932 lacks, so far.
  [[nodiscard]] std::int64_t lost_characters() const { return rows_.lost_characters(); }

 private:
  void write(const std::vector<std::string>& cells, std::string& out);

  ListGeneration generation_;
  ListContext context_;
  CsvRowWriter rows_;
};

}  // namespace minato::formats
