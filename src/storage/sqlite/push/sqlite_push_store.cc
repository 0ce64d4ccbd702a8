#include "storage/sqlite/push/sqlite_push_store.h"

#include "storage/sqlite/push/job_leases.h"
#include "storage/sqlite/push/job_rows.h"
#include "storage/sqlite/push/push_file.h"
#include "storage/sqlite/push/upload_rows.h"

namespace minato::storage::sqlite::push {
namespace {

using core::Result;

template <typename Work>
auto as_result(Connection& connection, Work& work)
    -> Result<std::invoke_result_t<Work&, Connection&>> {
  if constexpr (std::is_void_v<std::invoke_result_t<Work&, Connection&>>) {
    work(connection);
    return {};
  } else {
    return work(connection);
  }
}

}  // namespace

template <typename Work>
auto SqlitePushStore::read(Work&& work) -> Result<std::invoke_result_t<Work, Connection&>> {
  return database_->read([&](Connection& connection) { return as_result(connection, work); });
}

template <typename Work>
auto SqlitePushStore::write(Work&& work) -> Result<std::invoke_result_t<Work, Connection&>> {
  return database_->write([&](Connection& connection) { return as_result(connection, work); });
}

Result<std::unique_ptr<PushStore>> SqlitePushStore::open(const std::string& path) {
  auto database = SideDatabase::open(push_file(), path);
  if (!database) return tl::unexpected<core::Error>(std::move(database.error()));
  return std::unique_ptr<PushStore>(new SqlitePushStore(*std::move(database)));
}

Result<void> SqlitePushStore::put_upload(const Upload& upload) {
  return write([&](Connection& connection) { save_upload(connection, upload); });
}

Result<std::optional<Upload>> SqlitePushStore::upload(std::string_view id) {
  return read([&](Connection& connection) { return find_upload(connection, id); });
}

Result<std::vector<Upload>> SqlitePushStore::uploads_of(std::string_view user_id) {
  return read([&](Connection& connection) { return list_uploads_of(connection, user_id); });
}

Result<std::vector<Upload>> SqlitePushStore::uploads_expired(core::Timestamp now) {
  return read([&](Connection& connection) { return list_expired_uploads(connection, now); });
}

Result<void> SqlitePushStore::remove_upload(std::string_view id) {
  return write([&](Connection& connection) { delete_upload(connection, id); });
}

Result<void> SqlitePushStore::add_job(const ImportJob& job) {
  return write([&](Connection& connection) { insert_job(connection, job); });
}

Result<std::optional<ImportJob>> SqlitePushStore::job(std::string_view id) {
  return read([&](Connection& connection) { return find_job(connection, id); });
}

Result<std::vector<ImportJob>> SqlitePushStore::jobs(const ImportJobRequest& request) {
  return read([&](Connection& connection) { return list_jobs(connection, request); });
}

Result<std::optional<ImportJob>> SqlitePushStore::claim_job(std::string_view owner,
                                                            core::Timestamp now,
                                                            core::Timestamp lease_until) {
  return write([&](Connection& connection) {
    return push::claim_job(connection, std::nullopt, {owner, now, lease_until});
  });
}

Result<std::optional<ImportJob>> SqlitePushStore::claim_job_named(std::string_view id,
                                                                  std::string_view owner,
                                                                  core::Timestamp now,
                                                                  core::Timestamp lease_until) {
  return write([&](Connection& connection) {
    return push::claim_job(connection, id, {owner, now, lease_until});
  });
}

Result<bool> SqlitePushStore::renew_job(std::string_view id, std::string_view owner,
                                        core::Timestamp lease_until) {
  return write(
      [&](Connection& connection) { return push::renew_job(connection, id, owner, lease_until); });
}

Result<bool> SqlitePushStore::end_job(const ImportJob& job, std::string_view owner) {
  return write([&](Connection& connection) { return push::end_job(connection, job, owner); });
}

Result<bool> SqlitePushStore::confirm_job(std::string_view id) {
  return write([&](Connection& connection) { return push::confirm_job(connection, id); });
}

Result<bool> SqlitePushStore::cancel_job(std::string_view id, core::Timestamp now) {
  return write([&](Connection& connection) { return push::cancel_job(connection, id, now); });
}

Result<void> SqlitePushStore::forget_jobs(std::int64_t keep) {
  return write([&](Connection& connection) { delete_surplus_jobs(connection, keep); });
}

}  // namespace minato::storage::sqlite::push
