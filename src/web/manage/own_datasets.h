// The datasets somebody is in charge of.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

struct OwnDataset {
  core::DatasetPointer dataset;
  bool is_late = false;
};

struct OwnDatasets {
  std::vector<OwnDataset> found;
  std::int64_t all = 0;  // before any filter
  std::int64_t late = 0;
  std::int64_t drafts = 0;
  std::int64_t hidden = 0;  // private
};

struct OwnFilter {
  std::string text;  // words, all of them in the title or name; as search folds them
  std::string show;  // "late", "draft", "private"; empty: all
  std::string sort;  // "title"; empty: late ones first, then last changed first
};

// Of the visitor's organizations (a sysadmin's: all), drafts and private ones too.
core::Result<OwnDatasets> own_datasets(const StaffVisit& staff, const OwnFilter& filter);

}  // namespace minato::web
