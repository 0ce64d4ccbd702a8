#include "web/catalogue/figures_cache.h"

#include <chrono>
#include <utility>

#include "core/fiscal_year.h"

namespace minato::web {

core::Result<std::shared_ptr<const service::CatalogueFigures>> FiguresCache::get(
    const Visit& visit) {
  const core::Timestamp now = visit.catalog.now();
  const std::uint64_t newest = visit.catalog.revision();
  {
    const std::lock_guard lock(mutex_);
    if (figures_ && figures_->revision == newest &&
        figures_->fiscal_year == core::fiscal_year(now)) {
      return figures_;
    }
  }
  // Outside of the lock: visitors of other pages need not wait, and twice the same is no harm.
  const auto reader = visit.sources.store.store().read(std::chrono::steady_clock::now() +
                                                       visit.catalog.options().read_timeout);
  if (!reader) return tl::unexpected(reader.error());
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  auto loaded =
      service::load_figures(**reader, {now, kPlanOrganization, kPlanFirstYear, directory->get()});
  if (!loaded) return tl::unexpected(std::move(loaded).error());
  auto fresh = std::make_shared<const service::CatalogueFigures>(std::move(*loaded));
  const std::lock_guard lock(mutex_);
  if (!figures_ || figures_->revision <= fresh->revision) figures_ = fresh;
  return fresh;
}

}  // namespace minato::web
