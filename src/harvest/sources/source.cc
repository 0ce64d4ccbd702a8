#include "harvest/sources/source.h"

#include <utility>

namespace minato::harvest {

FetchRequest request_of(const SourceContext& context, std::string url) {
  FetchRequest request;
  request.url = std::move(url);
  request.robots_permission = context.options.robots_permission;
  request.min_delay_ms = context.options.delay_ms;
  request.deadline = context.deadline;
  request.stop = context.stop;
  return request;
}

core::Result<std::unique_ptr<Source>> make_source(const SourceContext& context) {
  switch (context.source.kind) {
    case core::SourceKind::kCkan:
      return make_ckan_source(context);
    case core::SourceKind::kDcat:
      return make_dcat_source(context);
    case core::SourceKind::kList:
      return make_list_source(context);
    case core::SourceKind::kPage:
      return make_page_source(context);
    case core::SourceKind::kFile:
      return make_file_source(context);
  }
  return core::fail_internal("a source of no kind");
}

}  // namespace minato::harvest
