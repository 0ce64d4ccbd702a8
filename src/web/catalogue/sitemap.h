// Sitemaps (sitemaps.org): every public page of the site in both languages, in files of a bearable
// size.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/error.h"
#include "service/catalog.h"

namespace minato::web {

// Thread-safe. A file takes as long as a part of the catalogue is large: for worker threads.
class Sitemap {
 public:
  // `fixed`: paths of the pages that do not depend on the catalogue, without language. `max_urls`:
  // of one file; the protocol allows 50,000 (and 50 MB, which are fewer with long addresses). Keeps
  // a reference to the catalogue.
  Sitemap(service::Catalog& catalog, std::vector<std::string> fixed, std::size_t max_urls);

  // /sitemap.xml: the whole list, or an index of its files when one does not hold it.
  core::Result<std::string> whole();
  // /sitemap-{number}.xml, from 1 on. kNotFound when there are fewer.
  core::Result<std::string> file(std::size_t number);

 private:
  // Where each file begins: behind the dataset of that id. The first holds the other pages too.
  struct Plan {
    std::uint64_t revision = 0;
    std::vector<std::string> starts;
  };
  core::Result<std::shared_ptr<const Plan>> plan();
  core::Result<std::vector<std::string>> other_pages();
  core::Result<std::string> write(const Plan& plan, std::size_t place);

  service::Catalog& catalog_;
  const std::vector<std::string> fixed_;
  const std::size_t max_urls_;
  std::mutex mutex_;  // guards the pointer, not what it points to
  std::shared_ptr<const Plan> plan_;
};

}  // namespace minato::web
