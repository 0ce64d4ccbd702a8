// Imports one file as a table and says how long each part took.
// usage: import_table DIR FILE     prints {"seconds":..., "text_index_seconds":...,
// "peak_rss_mb":..., "rows":...}
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "service/table_import.h"
#include "storage/sqlite/open_storage.h"

namespace {

using namespace minato;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double peak_rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

core::Result<void> run(const std::string& data_dir, const std::string& file) {
  auto storage = storage::sqlite::open_storage(data_dir, {});
  if (!storage) return tl::unexpected(storage.error());
  auto blob = storage->blobs->put_file(file);
  if (!blob) return tl::unexpected(blob.error());
  core::Resource resource;
  resource.id = "facilities";
  resource.format = "CSV";
  resource.url = std::filesystem::path(file).filename().string();
  resource.url_type = "upload";
  resource.blob = blob->sha256;
  const core::SystemClock clock;
  const service::ImportTarget target{*storage->catalog, *storage->blobs, *storage->tables, clock};
  const auto start = Clock::now();
  const auto outcome = service::import_resource(resource, target);
  const double seconds = seconds_since(start);
  if (!outcome) return tl::unexpected(outcome.error());
  if (outcome->kind == service::ImportOutcome::Kind::kRefused) {
    return tl::unexpected(outcome->refusal);
  }
  const double peak = peak_rss_mb();
  const auto indexing = Clock::now();
  std::int64_t rows = 0;
  for (const auto& table : outcome->tables) {
    rows += table.rows;
    auto done = storage->tables->index_text({table.table_id, table.version});
    if (!done) return done;
  }
  std::printf(
      "{\"seconds\": %.3f, \"text_index_seconds\": %.3f, \"peak_rss_mb\": %.0f, "
      "\"peak_rss_with_text_index_mb\": %.0f, \"rows\": %lld}\n",
      seconds, seconds_since(indexing), peak, peak_rss_mb(), static_cast<long long>(rows));
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: import_table DIR FILE\n";
    return 2;
  }
  const auto done = run(argv[1], argv[2]);
  if (done) return 0;
  std::cerr << done.error().message.en << " " << done.error().internal << "\n";
  return 1;
}
