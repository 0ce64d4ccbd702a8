// The push store in the file push.db.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/push_store.h"
#include "storage/sqlite/side/side_database.h"

namespace minato::storage::sqlite::push {

// Each call is a transaction around functions of upload_rows.h, job_rows.h and job_leases.h.
class SqlitePushStore final : public PushStore {
 public:
  // Creates or upgrades the file. Errors: "push-store-not-a-database", "-foreign", "-damaged",
  // "-too-new", "-read-only", "-locked", "-no-wal", "-migration-failed"; what is refused is left as
  // it is.
  static core::Result<std::unique_ptr<PushStore>> open(const std::string& path);

  core::Result<void> put_upload(const Upload& upload) override;
  core::Result<std::optional<Upload>> upload(std::string_view id) override;
  core::Result<std::vector<Upload>> uploads_of(std::string_view user_id) override;
  core::Result<std::vector<Upload>> uploads_expired(core::Timestamp now) override;
  core::Result<void> remove_upload(std::string_view id) override;
  core::Result<void> add_job(const ImportJob& job) override;
  core::Result<std::optional<ImportJob>> job(std::string_view id) override;
  core::Result<std::vector<ImportJob>> jobs(const ImportJobRequest& request) override;
  core::Result<std::optional<ImportJob>> claim_job(std::string_view owner, core::Timestamp now,
                                                   core::Timestamp lease_until) override;
  core::Result<std::optional<ImportJob>> claim_job_named(std::string_view id,
                                                         std::string_view owner,
                                                         core::Timestamp now,
                                                         core::Timestamp lease_until) override;
  core::Result<bool> renew_job(std::string_view id, std::string_view owner,
                               core::Timestamp lease_until) override;
  core::Result<bool> end_job(const ImportJob& job, std::string_view owner) override;
  core::Result<bool> confirm_job(std::string_view id) override;
  core::Result<bool> cancel_job(std::string_view id, core::Timestamp now) override;
  core::Result<void> forget_jobs(std::int64_t keep) override;

 private:
  explicit SqlitePushStore(std::unique_ptr<SideDatabase> database)
      : database_(std::move(database)) {}

  // `work` returns a plain value or nothing.
  template <typename Work>
  auto read(Work&& work) -> core::Result<std::invoke_result_t<Work, Connection&>>;
  template <typename Work>
  auto write(Work&& work) -> core::Result<std::invoke_result_t<Work, Connection&>>;

  std::unique_ptr<SideDatabase> database_;
};

}  // namespace minato::storage::sqlite::push
