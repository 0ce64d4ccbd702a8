// The catalogue's figures, counted once per state of the catalogue.
#pragma once

#include <memory>
#include <mutex>

#include "service/catalogue_figures.h"
#include "web/frame/page.h"

namespace minato::web {

// Whose new datasets the prefecture's plan counts, and from when.
inline constexpr const char* kPlanOrganization = "140007";
inline constexpr int kPlanFirstYear = 2024;

// Thread-safe. Shared by the pages that show figures.
class FiguresCache {
 public:
  // Fails as the store fails.
  core::Result<std::shared_ptr<const service::CatalogueFigures>> get(const Visit& visit);

 private:
  std::mutex mutex_;  // guards the pointer
  std::shared_ptr<const service::CatalogueFigures> figures_;
};

}  // namespace minato::web
