#include "cli/shipped.h"

#include <filesystem>

#include "cli/logging.h"
#include "cli/program.h"
#include "service/publishers.h"
#include "service/shipped_datasets.h"

namespace minato::cli {

namespace {

void log_counts(const std::string& what, std::size_t created, std::size_t updated,
                std::size_t unchanged) {
  log(created + updated == 0 ? LogLevel::kDebug : LogLevel::kInfo,
      what + ": " + std::to_string(created) + " created, " + std::to_string(updated) +
          " updated, " + std::to_string(unchanged) + " unchanged");
}

core::Result<void> load_organizations(const std::string& file, storage::CatalogStore& store,
                                      const core::Clock& clock, core::Language language) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};  // a folder of one's own need not have it
  const auto report = service::load_publishers(file, store, clock);
  if (!report) return tl::unexpected(report.error());
  for (const core::Error& row : report->errors) log(LogLevel::kWarn, error_line(row, language));
  log_counts("organizations", report->created.size(), report->updated.size(),
             report->unchanged.size());
  return {};
}

void log_report(const service::ShippedReport& report, core::Language language) {
  for (const service::ShippedError& error : report.errors) {
    log(LogLevel::kWarn, error.folder + (error.file.empty() ? "" : "/" + error.file) + ": " +
                             error_line(error.error, language));
  }
  for (const service::KeptByStaff& kept : report.kept) {
    std::string fields;
    for (const std::string& field : kept.fields) fields += " " + field;
    log(LogLevel::kInfo, "dataset " + kept.name + " keeps what staff changed:" + fields);
  }
  for (const std::string& name : report.vanished) {
    log(LogLevel::kInfo, "dataset " + name + " is no longer shipped; it stays in the catalogue");
  }
  log_counts("shipped datasets", report.created.size(), report.updated.size(),
             report.unchanged.size());
}

}  // namespace

core::Result<void> load_shipped(const std::string& folder, storage::CatalogStore& store,
                                storage::BlobStore& blobs, core::Language language) {
  const core::SystemClock clock;
  if (auto done = load_organizations(folder + "/publishers.csv", store, clock, language); !done)
    return done;
  const auto report = service::load_shipped_datasets(folder, {store, blobs, clock});
  if (!report) return tl::unexpected(report.error());
  log_report(*report, language);
  return {};
}

}  // namespace minato::cli
