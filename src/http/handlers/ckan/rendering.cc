#include "http/handlers/ckan/rendering.h"

#include <utility>

namespace minato::http::ckan {

Checked<Rendering> rendering(service::Catalog& catalog) {
  auto directory = catalog.directory();
  if (!directory) return failed(std::move(directory).error());
  Rendering made{std::move(*directory), {}};
  made.context.site_url = catalog.options().site_url;
  made.context.organization = [all = made.directory.get()](std::string_view id_or_name) {
    return all->find(core::GroupKind::kOrganization, id_or_name);
  };
  made.context.group = [all = made.directory.get()](std::string_view id) {
    return all->find(core::GroupKind::kGroup, id);
  };
  made.context.has_table = [all = made.directory.get()](std::string_view resource_id) {
    return all->has_table(resource_id);
  };
  return made;
}

core::SearchExpr equals(std::string field, std::string value) {
  core::SearchExpr expr;
  expr.kind = core::SearchExpr::Kind::kEqual;
  expr.field = std::move(field);
  expr.value = std::move(value);
  return expr;
}

core::Result<core::SearchResult> datasets_where(service::Catalog& catalog, core::SearchExpr filter,
                                                std::int64_t limit) {
  core::SearchRequest request;
  request.filters.push_back(std::move(filter));
  request.sort = {{"metadata_modified", true}};
  request.limit = limit;
  return catalog.search(request);
}

}  // namespace minato::http::ckan
