#include "cli/writing_services.h"

#include "cli/logging.h"
#include "cli/server_secret.h"

namespace minato::cli {

namespace {

service::AccountOptions account_options(const Settings& settings, const std::string& secret) {
  service::AccountOptions options;
  options.token_secret = derived_secret(secret, "token");
  options.token_max_days = settings.token_max_days;
  return options;
}

service::PublishOptions publish_options(const Settings& settings) {
  service::PublishOptions options;
  options.allow_unowned_datasets = settings.catalog_allow_unowned_datasets;
  options.default_license = settings.catalog_default_license;
  options.max_resources = settings.catalog_max_resources;
  options.max_tags = settings.catalog_max_tags;
  options.max_extras = settings.catalog_max_extras;
  return options;
}

service::OrganizationCreators creators(const Settings& settings) {
  if (settings.catalog_organization_creators == "users") {
    return service::OrganizationCreators::kUsers;
  }
  return settings.catalog_organization_creators == "admins"
             ? service::OrganizationCreators::kAdmins
             : service::OrganizationCreators::kSysadmins;
}

service::UploadOptions upload_options(const Settings& settings, const std::string& data_dir) {
  service::UploadOptions options;
  options.folder = data_dir + "/uploads";
  options.max_bytes = settings.upload_max_bytes;
  options.max_open_per_user = settings.upload_max_open;
  options.expire_hours = settings.upload_expire_hours;
  return options;
}

service::ImportOptions import_options(const Settings& settings) {
  service::ImportOptions options;
  options.brakes.lost_rows_percent = settings.import_lost_rows_percent;
  options.brakes.lost_columns = settings.import_lost_columns;
  options.brakes.moved_coordinates = settings.import_moved_coordinates;
  options.workers = settings.import_workers;
  options.keep_jobs = settings.import_keep_jobs;
  options.keep_versions = settings.tables_keep_versions;
  options.max_resources = settings.catalog_max_resources;
  options.log_fault = [](std::string_view fault) { log(LogLevel::kError, fault); };
  return options;
}

service::RowWriteOptions row_options(const Settings& settings) {
  service::RowWriteOptions options;
  options.max_records = settings.tables_max_records;
  return options;
}

service::ImportTarget target_of(storage::sqlite::Storage& storage, const core::Clock& clock) {
  return {*storage.catalog, *storage.blobs, *storage.tables, clock};
}

}  // namespace

std::string audit_key(const std::string& secret) { return derived_secret(secret, "audit"); }

WritingServices::WritingServices(storage::sqlite::Storage& storage, const core::Clock& clock,
                                 const Settings& settings, const std::string& data_dir,
                                 const std::string& secret)
    : store(*storage.catalog, clock, audit_key(secret)),
      accounts(store, account_options(settings, secret)),
      datasets(store, *storage.tables, publish_options(settings)),
      groups(store, creators(settings)),
      uploads(*storage.push, *storage.blobs, clock, upload_options(settings, data_dir)),
      imports(store, target_of(storage, clock), *storage.push, import_options(settings)),
      rows(store, target_of(storage, clock), row_options(settings)) {}

}  // namespace minato::cli
