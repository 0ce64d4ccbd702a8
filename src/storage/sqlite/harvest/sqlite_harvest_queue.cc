// The half of SqliteHarvestStore that jobs work with: queue, records, keys, files, faults.
#include "storage/sqlite/harvest/fault_rows.h"
#include "storage/sqlite/harvest/file_rows.h"
#include "storage/sqlite/harvest/key_rows.h"
#include "storage/sqlite/harvest/object_rows.h"
#include "storage/sqlite/harvest/record_rows.h"
#include "storage/sqlite/harvest/sqlite_harvest_store.h"

namespace minato::storage::sqlite::harvest {

core::Result<void> SqliteHarvestStore::add_objects(std::string_view job_id,
                                                   const std::vector<HarvestObject>& objects) {
  return database_->write(
      [&](Connection& connection) { return harvest::add_objects(connection, job_id, objects); });
}

core::Result<void> SqliteHarvestStore::mark_seen(std::string_view job_id,
                                                 std::string_view source_id,
                                                 const std::vector<std::string>& remote_ids,
                                                 core::Timestamp now) {
  return database_->write([&](Connection& connection) {
    return harvest::mark_seen(connection, job_id, source_id, remote_ids, now);
  });
}

core::Result<std::vector<HarvestObject>> SqliteHarvestStore::next_objects(
    std::string_view job_id, HarvestObject::State state, std::int64_t limit) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestObject>> {
    return harvest::next_objects(connection, job_id, state, limit);
  });
}

core::Result<void> SqliteHarvestStore::save_objects(const std::vector<HarvestObject>& objects) {
  return database_->write([&](Connection& connection) -> core::Result<void> {
    harvest::save_objects(connection, objects);
    return {};
  });
}

core::Result<std::optional<HarvestObject>> SqliteHarvestStore::object(std::string_view id) {
  return database_->read([&](Connection& connection) -> core::Result<std::optional<HarvestObject>> {
    return harvest::find_object(connection, id);
  });
}

core::Result<std::vector<HarvestObject>> SqliteHarvestStore::objects(std::string_view job_id,
                                                                     std::int64_t offset,
                                                                     std::int64_t limit) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestObject>> {
    return harvest::list_objects(connection, job_id, offset, limit);
  });
}

core::Result<std::vector<HarvestObject>> SqliteHarvestStore::failed_objects(
    std::string_view job_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestObject>> {
    return harvest::failed_objects(connection, job_id);
  });
}

core::Result<std::optional<HarvestRecord>> SqliteHarvestStore::record(std::string_view source_id,
                                                                      std::string_view remote_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::optional<HarvestRecord>> {
    return harvest::find_record(connection, source_id, remote_id);
  });
}

core::Result<std::vector<HarvestRecord>> SqliteHarvestStore::records(
    std::string_view source_id, const std::vector<std::string>& remote_ids) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestRecord>> {
    return harvest::find_records(connection, source_id, remote_ids);
  });
}

core::Result<std::vector<HarvestRecord>> SqliteHarvestStore::records_of_dataset(
    std::string_view dataset_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestRecord>> {
    return harvest::records_of_dataset(connection, dataset_id);
  });
}

core::Result<std::int64_t> SqliteHarvestStore::count_records(std::string_view source_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::int64_t> {
    return harvest::count_records(connection, source_id);
  });
}

core::Result<std::vector<HarvestRecord>> SqliteHarvestStore::unseen_records(
    std::string_view source_id, std::string_view job_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestRecord>> {
    return harvest::unseen_records(connection, source_id, job_id);
  });
}

core::Result<std::vector<HarvestRecord>> SqliteHarvestStore::missing_records(
    std::string_view source_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestRecord>> {
    return harvest::missing_records(connection, source_id);
  });
}

core::Result<void> SqliteHarvestStore::put_records(const std::vector<HarvestRecord>& records) {
  return database_->write([&](Connection& connection) -> core::Result<void> {
    harvest::save_records(connection, records);
    return {};
  });
}

core::Result<void> SqliteHarvestStore::move_record(std::string_view source_id,
                                                   std::string_view from, std::string_view to) {
  return database_->write([&](Connection& connection) {
    return harvest::move_record(connection, source_id, from, to);
  });
}

core::Result<std::vector<HarvestStore::Key>> SqliteHarvestStore::find_keys(
    const std::vector<std::string>& keys) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<Key>> {
    return harvest::find_keys(connection, keys);
  });
}

core::Result<void> SqliteHarvestStore::put_keys(std::string_view source_id,
                                                const std::vector<std::string>& remote_ids,
                                                const std::vector<Key>& keys) {
  return database_->write([&](Connection& connection) -> core::Result<void> {
    harvest::save_keys(connection, source_id, remote_ids, keys);
    return {};
  });
}

core::Result<void> SqliteHarvestStore::queue_files(std::string_view job_id,
                                                   const std::vector<HarvestFile>& files,
                                                   core::Timestamp now) {
  return database_->write(
      [&](Connection& connection) { return harvest::queue_files(connection, job_id, files, now); });
}

core::Result<void> SqliteHarvestStore::queue_due_files(std::string_view job_id,
                                                       std::string_view source_id,
                                                       core::Timestamp now) {
  return database_->write([&](Connection& connection) {
    return harvest::queue_due_files(connection, job_id, source_id, now);
  });
}

core::Result<std::vector<HarvestFile>> SqliteHarvestStore::waiting_files(std::string_view job_id,
                                                                         std::int64_t limit) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestFile>> {
    return harvest::waiting_files(connection, job_id, limit);
  });
}

core::Result<void> SqliteHarvestStore::save_file(const HarvestFile& file) {
  return database_->write([&](Connection& connection) -> core::Result<void> {
    harvest::save_file(connection, file);
    return {};
  });
}

core::Result<std::optional<HarvestFile>> SqliteHarvestStore::file(std::string_view resource_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::optional<HarvestFile>> {
    return harvest::find_file(connection, resource_id);
  });
}

core::Result<std::vector<HarvestFile>> SqliteHarvestStore::files_of_dataset(
    std::string_view dataset_id) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestFile>> {
    return harvest::files_of_dataset(connection, dataset_id);
  });
}

core::Result<void> SqliteHarvestStore::count_file(std::string_view job_id, bool changed,
                                                  bool failed, std::int64_t tables) {
  return database_->write([&](Connection& connection) {
    return harvest::count_file(connection, job_id, changed, failed, tables);
  });
}

core::Result<void> SqliteHarvestStore::add_faults(const std::vector<HarvestFault>& faults) {
  return database_->write(
      [&](Connection& connection) { return harvest::add_faults(connection, faults); });
}

core::Result<std::vector<HarvestFault>> SqliteHarvestStore::faults(std::string_view job_id,
                                                                   std::int64_t offset,
                                                                   std::int64_t limit) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<HarvestFault>> {
    return harvest::list_faults(connection, job_id, offset, limit);
  });
}

core::Result<std::vector<FaultSummary>> SqliteHarvestStore::fault_summary(std::string_view job_id,
                                                                          bool gather,
                                                                          std::int64_t limit) {
  return database_->read([&](Connection& connection) -> core::Result<std::vector<FaultSummary>> {
    return harvest::summarize_faults(connection, job_id, gather, limit);
  });
}

}  // namespace minato::storage::sqlite::harvest
