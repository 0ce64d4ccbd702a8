// The pages of a dataset as the public will see them, for staff, before it does: the public address
// behind /manage/preview, where the session counts.
#pragma once

#include <memory>

#include "core/error.h"
#include "http/message.h"
#include "http/router.h"
#include "web/frame/page.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

// For everybody who may see the dataset. kNotFound as Catalog::dataset().
core::Result<Page> show_dataset_preview(const StaffVisit& staff);
core::Result<Page> show_resource_preview(const StaffVisit& staff);

// What those pages link to: rows, downloads and files of tables, answered by the rows that answer
// at the public address, in the session's name.
class PreviewData {
 public:
  explicit PreviewData(const WebSources& sources);
  [[nodiscard]] core::Result<http::Response> answer(const http::Request& request) const;

 private:
  std::shared_ptr<const http::RouteTable> rows_;
};

}  // namespace minato::web
