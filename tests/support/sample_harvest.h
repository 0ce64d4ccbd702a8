// A harvest store for tests of what stands above it: a real one in a folder of its own.
#pragma once

#include <memory>
#include <string>

#include "service/harvest/status.h"
#include "storage/harvest_store.h"
#include "support/fake_catalog_store.h"
#include "support/sample_catalog.h"
#include "support/temp_dir.h"

namespace minato::support {

class SampleHarvest {
 public:
  // `catalog` outlives it.
  explicit SampleHarvest(storage::CatalogStore& catalog);

  // Two sources. "141003" (横浜市, CKAN, its options hold an API key) ran once: of its records
  // "aed" was added (its dataset is "aed-id"), "broken" failed, and the gather stage and a file had
  // a fault each. "143821" (箱根町) is disabled. The catalogue is told when 141003 was confirmed,
  // and that "aed" came from it and staff own its title. Throws std::runtime_error when a store
  // refuses.
  void fill();

  [[nodiscard]] service::HarvestStatus& status() { return status_; }
  [[nodiscard]] storage::HarvestStore& store() { return *store_; }
  [[nodiscard]] const std::string& job_id() const { return job_id_; }

 private:
  void fill_job();
  void fill_catalog();

  test::TempDir folder_;
  StoppedClock clock_;
  storage::CatalogStore& catalog_;
  std::unique_ptr<storage::HarvestStore> store_;
  service::HarvestStatus status_;
  std::string job_id_;
};

}  // namespace minato::support
