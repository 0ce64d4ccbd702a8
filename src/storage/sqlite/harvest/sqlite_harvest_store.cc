#include "storage/sqlite/harvest/sqlite_harvest_store.h"

#include "storage/sqlite/harvest/harvest_file.h"
#include "storage/sqlite/harvest/job_rows.h"
#include "storage/sqlite/harvest/source_rows.h"

namespace minato::storage::sqlite::harvest {

core::Result<std::unique_ptr<HarvestStore>> SqliteHarvestStore::open(const std::string& path) {
  auto database = SideDatabase::open(harvest_file(), path);
  if (!database) return tl::unexpected<core::Error>(std::move(database.error()));
  return std::unique_ptr<HarvestStore>(new SqliteHarvestStore(*std::move(database)));
}

core::Result<std::vector<core::HarvestSource>> SqliteHarvestStore::sources() {
  return database_->read(
      [&](Connection& connection) -> core::Result<std::vector<core::HarvestSource>> {
        return harvest::list_sources(connection);
      });
}

core::Result<std::optional<core::HarvestSource>> SqliteHarvestStore::source(
    std::string_view id_or_name) {
  return database_->read(
      [&](Connection& connection) -> core::Result<std::optional<core::HarvestSource>> {
        return harvest::find_source(connection, id_or_name);
      });
}

core::Result<void> SqliteHarvestStore::put_source(const core::HarvestSource& source) {
  return database_->write(
      [&](Connection& connection) { return harvest::save_source(connection, source); });
}

core::Result<core::HarvestSource> SqliteHarvestStore::change_source(
    std::string_view id, const std::function<void(core::HarvestSource&)>& change) {
  return database_->write(
      [&](Connection& connection) { return harvest::change_source(connection, id, change); });
}

core::Result<void> SqliteHarvestStore::remove_source(std::string_view id) {
  return database_->write([&](Connection& connection) -> core::Result<void> {
    harvest::remove_source(connection, id);
    return {};
  });
}

core::Result<std::set<std::string>> SqliteHarvestStore::known_publishers() {
  return database_->read([&](Connection& connection) -> core::Result<std::set<std::string>> {
    return harvest::list_known_publishers(connection);
  });
}

core::Result<bool> SqliteHarvestStore::put_publisher_source(std::string_view code,
                                                            const core::HarvestSource& source) {
  return database_->write([&](Connection& connection) {
    return harvest::save_publisher_source(connection, code, source);
  });
}

core::Result<std::vector<core::HarvestJob>> SqliteHarvestStore::jobs(const JobQuery& query) {
  return database_->read(
      [&](Connection& connection) -> core::Result<std::vector<core::HarvestJob>> {
        return harvest::list_jobs(connection, query);
      });
}

core::Result<std::optional<core::HarvestJob>> SqliteHarvestStore::job(std::string_view id) {
  return database_->read(
      [&](Connection& connection) -> core::Result<std::optional<core::HarvestJob>> {
        return harvest::find_job(connection, id);
      });
}

core::Result<std::int64_t> SqliteHarvestStore::count_jobs(std::string_view source_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::int64_t> {
    return harvest::count_jobs(connection, source_id);
  });
}

core::Result<core::HarvestJob> SqliteHarvestStore::create_job(std::string_view source_id,
                                                              std::string_view trigger,
                                                              core::Timestamp now) {
  return database_->write([&](Connection& connection) {
    return harvest::create_job(connection, source_id, trigger, now);
  });
}

core::Result<bool> SqliteHarvestStore::claim_job(
    std::string_view id, const Lease& lease,
    const std::function<bool(const std::string&)>& is_dead) {
  return database_->write([&](Connection& connection) -> core::Result<bool> {
    return harvest::claim_job(connection, id, lease, is_dead);
  });
}

core::Result<bool> SqliteHarvestStore::renew_lease(std::string_view id, const Lease& lease) {
  return database_->write([&](Connection& connection) -> core::Result<bool> {
    return harvest::renew_lease(connection, id, lease);
  });
}

core::Result<void> SqliteHarvestStore::save_job(const core::HarvestJob& job) {
  return database_->write(
      [&](Connection& connection) { return harvest::save_job(connection, job); });
}

core::Result<void> SqliteHarvestStore::abort_job(std::string_view id, core::Timestamp now) {
  return database_->write(
      [&](Connection& connection) { return harvest::abort_job(connection, id, now); });
}

core::Result<void> SqliteHarvestStore::prune_jobs(std::string_view source_id, std::int64_t keep) {
  // One job in a transaction: other writers get their turn between them.
  for (;;) {
    const auto removed = database_->write([&](Connection& connection) -> core::Result<bool> {
      const std::int64_t job_no = oldest_surplus_job(connection, source_id, keep);
      if (job_no > 0) remove_job(connection, job_no);
      return job_no > 0;
    });
    if (!removed) return tl::unexpected<core::Error>(removed.error());
    if (!*removed) return {};
  }
}

core::Result<void> SqliteHarvestStore::copy_to(const std::string& path) {
  return database_->copy_to(path);
}

}  // namespace minato::storage::sqlite::harvest
