#include "storage/sqlite/integrity_check.h"

#include <utility>

#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {
namespace {

void add_findings(Connection& connection, std::string_view sql,
                  std::vector<std::string>& findings) {
  Statement row = connection.prepare(sql);
  while (row.step()) {
    if (row.text(0) != "ok") findings.push_back(row.string(0));
  }
}

}  // namespace

core::Result<std::vector<std::string>> check_integrity(ConnectionOptions options,
                                                       const std::atomic<bool>& stop) {
  options.access = ConnectionOptions::Access::kInspect;
  std::vector<std::string> findings;
  try {
    Connection connection(options);
    connection.stop_with(&stop);
    add_findings(connection, "PRAGMA quick_check(20)", findings);
    add_findings(connection,
                 "SELECT 'a row of ' || \"table\" || ' refers to a missing row of ' || parent"
                 " FROM pragma_foreign_key_check LIMIT 20",
                 findings);
  } catch (const SQLite::Exception& fault) {
    const int code = fault.getErrorCode() & 0xff;
    if (code != SQLITE_CORRUPT && code != SQLITE_NOTADB) {
      return tl::unexpected<core::Error>(to_error(fault));
    }
    // Damage so bad that the check itself cannot go on.
    findings.emplace_back(fault.what());
  }
  return findings;
}

BackgroundTask::BackgroundTask(Work work)
    : thread_([this, task = std::move(work)] { task(stop_); }) {}

BackgroundTask::~BackgroundTask() {
  stop_ = true;
  thread_.join();
}

}  // namespace minato::storage::sqlite
