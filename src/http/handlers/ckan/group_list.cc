#include "http/handlers/ckan/group_list.h"

#include <algorithm>
#include <utility>

namespace minato::http::ckan {
namespace {

using core::Group;

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_named(const Group& group, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return name == group.name || name == group.id;
  });
}

void sort_groups(std::vector<Group>& groups, const service::Directory& directory,
                 const GroupOrder& order) {
  // The list comes by title, so a stable sort leaves equals by title.
  const auto before = [&](const Group& a, const Group& b) {
    switch (order.by) {
      case GroupOrder::By::kName:
        return a.name < b.name;
      case GroupOrder::By::kPackageCount:
        return directory.dataset_count(a.id) < directory.dataset_count(b.id);
      case GroupOrder::By::kTitle:
        break;
    }
    return a.title < b.title;
  };
  std::stable_sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) {
    return order.descending ? before(b, a) : before(a, b);
  });
}

}  // namespace

Checked<GroupOrder> parse_group_order(std::string_view sort) {
  sort = trimmed(sort);
  GroupOrder order;
  if (sort.empty()) return order;
  const auto space = std::min(sort.find_first_of(" \t"), sort.size());
  const std::string_view field = sort.substr(0, space);
  const std::string_view direction = trimmed(sort.substr(space));
  if (field == "name") {
    order.by = GroupOrder::By::kName;
  } else if (field == "package_count" || field == "packages") {
    order.by = GroupOrder::By::kPackageCount;
  } else if (field != "title") {
    return invalid("Cannot sort by field `" + shortened(field) +
                   "`: choose one of name, title, package_count");
  }
  if (direction.empty()) {
    order.descending = order.by == GroupOrder::By::kPackageCount;
  } else if (direction == "desc") {
    order.descending = true;
  } else if (direction != "asc") {
    return invalid("Cannot sort in the direction `" + shortened(direction) +
                   "`: choose asc or desc");
  }
  return order;
}

core::Result<std::vector<Group>> list_groups(service::Catalog& catalog,
                                             const GroupListQuery& query) {
  const auto directory = catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  core::Result<std::vector<Group>> groups = (*directory)->groups(query.kind);
  if (!query.text.empty()) groups = catalog.groups({query.kind, query.text, {}});
  if (!groups) return groups;
  if (!query.names.empty()) {
    std::erase_if(*groups, [&](const Group& group) { return !is_named(group, query.names); });
  }
  sort_groups(*groups, **directory, query.order);
  const auto count = static_cast<std::int64_t>(groups->size());
  const auto first = std::min(query.offset, count);
  const auto size = std::min(query.limit, count - first);
  return std::vector<Group>(groups->begin() + first, groups->begin() + first + size);
}

}  // namespace minato::http::ckan
