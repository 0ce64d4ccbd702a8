// A runner over real stores of rows and files, a catalogue in memory, and a pretend portal.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harvest/run/runner.h"
#include "portal.h"
#include "support/breaking_harvest_store.h"
#include "support/fake_catalog_store.h"
#include "support/fake_fetcher.h"
#include "support/temp_dir.h"

namespace minato::harvest {

// Thread-safe; stands still until it is moved.
class MovableClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return {us_.load()}; }
  void move(std::int64_t seconds) { us_ += seconds * 1'000'000; }

 private:
  std::atomic<std::int64_t> us_{1'789'960'000'000'000};  // 2026-09-21, noon in Japan
};

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

class RunFixture : public testing::Test {
 protected:
  RunFixture();
  // Empty stores, and the source in them.
  void start_over();

  // The portal lists n records: "r01" with the title "Record 1" and one CSV file, ...
  void fill(int n);
  // Files answer with a table of their own and an ETag, and honour it.
  void serve_files();

  core::HarvestSource source();  // as it is stored
  RunnerOptions options();
  RunnerStores stores(storage::HarvestStore& harvest);
  // A run by hand that must not fail as such.
  RunResult run(const std::string& trigger = "schedule");
  core::Result<RunResult> try_run(storage::HarvestStore& harvest,
                                  const std::string& trigger = "schedule");
  RunResult run_with(const RunnerOptions& options, const RunCallbacks& callbacks = {});

  std::vector<storage::HarvestFault> faults(const RunResult& result);
  std::vector<std::string> fault_ids(const RunResult& result);  // "gather harvest-status"
  std::map<std::string, std::string> titles();                  // of active datasets, by name
  core::HarvestJob only_job();
  std::vector<storage::HarvestFile> files_of(const std::string& dataset_name);
  [[nodiscard]] std::vector<std::string> work_folders() const;

  std::unique_ptr<test::TempDir> folder_;
  MovableClock clock_;
  Portal portal_;
  test::FakeFetcher fetcher_;
  std::unique_ptr<support::FakeCatalogStore> catalog_;
  std::unique_ptr<storage::HarvestStore> harvest_;
  std::unique_ptr<storage::BlobStore> blobs_;
  std::unique_ptr<storage::TableStore> tables_;
  std::atomic<bool> stop_{false};
  std::map<std::string, std::string> served_;  // URL to body
};

}  // namespace minato::harvest
