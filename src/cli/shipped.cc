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

void log_import(const core::Resource& resource, const core::Result<service::ImportOutcome>& outcome,
                core::Language language) {
  const std::string what = "resource " + resource.id + " (" + resource.url + "): ";
  if (!outcome) return log(LogLevel::kError, what + error_line(outcome.error(), language));
  if (outcome->kind == service::ImportOutcome::Kind::kRefused) {
    return log(LogLevel::kWarn, what + error_line(outcome->refusal, language));
  }
  for (const storage::TableVersion& table : outcome->tables) {
    log(LogLevel::kInfo, what + "table " + table.table_id + " version " +
                             std::to_string(table.version) + ", " + std::to_string(table.rows) +
                             " rows, " + std::to_string(table.rejects) + " rejects");
  }
}

core::Result<std::vector<storage::TableKey>> import_tables(const service::ShippedReport& report,
                                                           const service::ImportTarget& target,
                                                           core::Language language) {
  std::vector<std::string> names;
  for (const auto* some : {&report.created, &report.updated, &report.unchanged}) {
    names.insert(names.end(), some->begin(), some->end());
  }
  auto done = service::import_datasets(names, target,
                                       [language](const auto& resource, const auto& outcome) {
                                         log_import(resource, outcome, language);
                                       });
  if (!done) return tl::unexpected(done.error());
  return std::move(done->tables);
}

}  // namespace

core::Result<std::vector<storage::TableKey>> load_shipped(const std::string& folder,
                                                          const service::ImportTarget& target,
                                                          core::Language language) {
  if (auto done =
          load_organizations(folder + "/publishers.csv", target.catalog, target.clock, language);
      !done)
    return tl::unexpected(done.error());
  const auto report =
      service::load_shipped_datasets(folder, {target.catalog, target.blobs, target.clock});
  if (!report) return tl::unexpected(report.error());
  log_report(*report, language);
  return import_tables(*report, target, language);
}

}  // namespace minato::cli
