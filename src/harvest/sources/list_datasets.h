// The datasets that the rows of an オープンデータ一覧 describe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "harvest/sources/list_table.h"

namespace minato::harvest {

struct ListedDataset {
  std::string remote_id;
  std::string remote_modified;  // ISO date; may be empty
  core::Dataset dataset;        // as source.h describes it
};

// A dataset that lost its title is listed all the same, without one, so that it is not taken for
// vanished: reading its record fails with this. "harvest-list-title".
std::optional<core::Error> fault_of_listed(const core::Dataset& dataset);

// A row that names nothing, or a cell that could not be used.
struct ListFault {
  std::int64_t row = 0;
  std::string url;
  core::Error error;
};

struct ListedDatasets {
  std::vector<ListedDataset> datasets;  // in the order of their first rows
  std::vector<ListFault> faults;
};

struct ListPlace {
  std::string_view url;           // relative addresses begin there
  std::string_view organization;  // 6-digit code of the publisher
};

// Rows of one dataset: those with its データセット_ID; in tables of the old form, where NO is often
// anything, those with the same NO and title, or without NO the same title and URL; and rows below
// it whose dataset columns are blank.
//
// The remote id of a dataset is its ID (or NO) where no other dataset of the list has it and it is
// more than a running number: those of up to four digits move on when a row is inserted above, and
// every dataset below would take the place of its neighbour. Else the landing page or (without
// edition marks) file address, where no other dataset has it; else its title, which then tells it
// from the others.
ListedDatasets read_listed_datasets(const std::vector<ListTable>& tables, const ListPlace& place);

}  // namespace minato::harvest
