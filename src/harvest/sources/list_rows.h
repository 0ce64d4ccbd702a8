// One row of an オープンデータ一覧 as fields of a dataset and as resources (DCAT crosswalk).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "harvest/sources/list_table.h"

namespace minato::harvest {

// A row of its table.
struct ListEntry {
  const ListColumns* columns = nullptr;
  const ListRow* row = nullptr;
  std::string_view organization;  // 6-digit code of the publisher

  [[nodiscard]] std::string_view get(ListField field) const {
    return columns->get(row->cells, field);
  }
  [[nodiscard]] std::string join(ListField field) const { return columns->join(row->cells, field); }
};

// Where the row points.
struct ListLinks {
  std::vector<std::string> pages;
  std::vector<std::string> files;      // of the columns URL and アクセスURL, by their endings
  std::vector<std::string> downloads;  // of the column ダウンロードURL
  std::string unreadable;              // what a URL cell holds instead of an address
};
ListLinks links_of(const ListEntry& entry, std::string_view base);

// Fills what the dataset does not have yet: the first row that gives a field decides.
void add_dataset_fields(const ListEntry& entry, const ListLinks& links, core::Dataset& dataset);

// Adds the row's resources. Their ids are keys: source.h tells what they have to be.
void add_resources(const ListEntry& entry, const ListLinks& links, core::Dataset& dataset);

// Once all rows are in: the licence that most resources have becomes the dataset's, keys of
// resources become unique, lists get their order.
void complete_dataset(core::Dataset& dataset);

}  // namespace minato::harvest
