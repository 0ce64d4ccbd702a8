// The harvest store in the file harvest.db.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/harvest_store.h"
#include "storage/sqlite/side/side_database.h"

namespace minato::storage::sqlite::harvest {

// Each call is a transaction around functions of the *_rows.h files.
class SqliteHarvestStore final : public HarvestStore {
 public:
  // Creates or upgrades the file. Errors: "harvest-store-not-a-database", "-foreign", "-damaged",
  // "-too-new", "-read-only", "-locked", "-no-wal", "-migration-failed"; what is refused is left as
  // it is.
  static core::Result<std::unique_ptr<HarvestStore>> open(const std::string& path);

  core::Result<std::vector<core::HarvestSource>> sources() override;
  core::Result<std::optional<core::HarvestSource>> source(std::string_view id_or_name) override;
  core::Result<void> put_source(const core::HarvestSource& source) override;
  core::Result<core::HarvestSource> change_source(
      std::string_view id, const std::function<void(core::HarvestSource&)>& change) override;
  core::Result<void> remove_source(std::string_view id) override;
  core::Result<std::set<std::string>> known_publishers() override;
  core::Result<bool> put_publisher_source(std::string_view code,
                                          const core::HarvestSource& source) override;
  core::Result<std::vector<core::HarvestJob>> jobs(const JobQuery& query) override;
  core::Result<std::optional<core::HarvestJob>> job(std::string_view id) override;
  core::Result<std::int64_t> count_jobs(std::string_view source_id) override;
  core::Result<core::HarvestJob> create_job(std::string_view source_id, std::string_view trigger,
                                            core::Timestamp now) override;
  core::Result<bool> claim_job(std::string_view id, const Lease& lease,
                               const std::function<bool(const std::string&)>& is_dead) override;
  core::Result<bool> renew_lease(std::string_view id, const Lease& lease) override;
  core::Result<void> save_job(const core::HarvestJob& job) override;
  core::Result<void> abort_job(std::string_view id, core::Timestamp now) override;
  core::Result<void> add_objects(std::string_view job_id,
                                 const std::vector<HarvestObject>& objects) override;
  core::Result<void> mark_seen(std::string_view job_id, std::string_view source_id,
                               const std::vector<std::string>& remote_ids,
                               core::Timestamp now) override;
  core::Result<std::vector<HarvestObject>> next_objects(std::string_view job_id,
                                                        HarvestObject::State state,
                                                        std::int64_t limit) override;
  core::Result<void> save_objects(const std::vector<HarvestObject>& objects) override;
  core::Result<std::optional<HarvestObject>> object(std::string_view id) override;
  core::Result<std::vector<HarvestObject>> objects(std::string_view job_id, std::int64_t offset,
                                                   std::int64_t limit) override;
  core::Result<std::vector<HarvestObject>> failed_objects(std::string_view job_id) override;
  core::Result<std::optional<HarvestRecord>> record(std::string_view source_id,
                                                    std::string_view remote_id) override;
  core::Result<std::vector<HarvestRecord>> records(
      std::string_view source_id, const std::vector<std::string>& remote_ids) override;
  core::Result<std::vector<HarvestRecord>> records_of_dataset(std::string_view dataset_id) override;
  core::Result<std::int64_t> count_records(std::string_view source_id) override;
  core::Result<std::vector<HarvestRecord>> unseen_records(std::string_view source_id,
                                                          std::string_view job_id) override;
  core::Result<std::vector<HarvestRecord>> missing_records(std::string_view source_id) override;
  core::Result<void> put_records(const std::vector<HarvestRecord>& records) override;
  core::Result<void> move_record(std::string_view source_id, std::string_view from,
                                 std::string_view to) override;
  core::Result<std::vector<Key>> find_keys(const std::vector<std::string>& keys) override;
  core::Result<void> put_keys(std::string_view source_id,
                              const std::vector<std::string>& remote_ids,
                              const std::vector<Key>& keys) override;
  core::Result<void> queue_files(std::string_view job_id, const std::vector<HarvestFile>& files,
                                 core::Timestamp now) override;
  core::Result<void> queue_due_files(std::string_view job_id, std::string_view source_id,
                                     core::Timestamp now) override;
  core::Result<std::vector<HarvestFile>> waiting_files(std::string_view job_id,
                                                       std::int64_t limit) override;
  core::Result<void> save_file(const HarvestFile& file) override;
  core::Result<std::optional<HarvestFile>> file(std::string_view resource_id) override;
  core::Result<std::vector<HarvestFile>> files_of_dataset(std::string_view dataset_id) override;
  core::Result<void> count_file(std::string_view job_id, bool changed, bool failed,
                                std::int64_t tables) override;
  core::Result<void> add_faults(const std::vector<HarvestFault>& faults) override;
  core::Result<std::vector<HarvestFault>> faults(std::string_view job_id, std::int64_t offset,
                                                 std::int64_t limit) override;
  core::Result<std::vector<FaultSummary>> fault_summary(std::string_view job_id, bool gather,
                                                        std::int64_t limit) override;
  core::Result<void> prune_jobs(std::string_view source_id, std::int64_t keep) override;
  core::Result<void> copy_to(const std::string& path) override;

 private:
  explicit SqliteHarvestStore(std::unique_ptr<SideDatabase> database)
      : database_(std::move(database)) {}

  std::unique_ptr<SideDatabase> database_;
};

}  // namespace minato::storage::sqlite::harvest
