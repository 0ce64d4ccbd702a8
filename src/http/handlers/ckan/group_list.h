// What group_list and organization_list have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/failure.h"
#include "service/catalog.h"

namespace minato::http::ckan {

struct GroupOrder {
  enum class By { kTitle, kName, kPackageCount };
  By by = By::kTitle;
  bool descending = false;
};

// "title asc", "name", "package_count" (alone: descending, also as "packages"). Empty: by title.
Checked<GroupOrder> parse_group_order(std::string_view sort);

struct GroupListQuery {
  core::GroupKind kind = core::GroupKind::kGroup;
  std::string text;                // part of name or title
  std::vector<std::string> names;  // only these names or ids; empty: all
  GroupOrder order;
  std::int64_t offset = 0;
  std::int64_t limit = kNoLimit;
};

// CKAN cuts these lists at 25 or 1000 without saying so; this one does not.
core::Result<std::vector<core::Group>> list_groups(service::Catalog& catalog,
                                                   const GroupListQuery& query);

}  // namespace minato::http::ckan
