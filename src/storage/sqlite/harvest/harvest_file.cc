#include "storage/sqlite/harvest/harvest_file.h"

#include <sqlite3.h>

#include "storage/sqlite/harvest/harvest_error.h"

namespace minato::storage::sqlite::harvest {
namespace {

// "MNTH" in the file's header.
constexpr int kHarvestId = 0x4D4E5448;

std::optional<core::Error> meaning(const SQLite::Exception& fault) {
  // Everything that refers to something else refers to a source or a job, and jobs are looked up
  // before they are written to.
  if (fault.getExtendedErrorCode() == SQLITE_CONSTRAINT_FOREIGNKEY) {
    return source_not_found("").value();
  }
  return std::nullopt;
}

}  // namespace

const SideFile& harvest_file() {
  static const SideFile file{
      {kHarvestId, harvest_migrations(), "SELECT count(*) FROM harvest_state"},
      {"harvest-store-not-a-database", "harvest-store-foreign", "harvest-store-too-new",
       "harvest-store-damaged", "harvest-store-read-only", "harvest-store-locked",
       "harvest-store-busy", "harvest-store-no-wal", "harvest-store-migration-failed"},
      {" は収集状況のファイルではありません。", " is not a file of the harvester."},
      {"サービスを停止し、このファイルを移動してください。次の起動時に作り直され、収集は最初から"
       "行われます。",
       "Stop the service and move this file away: the next start makes a new one, and everything "
       "is collected again."},
      &meaning};
  return file;
}

}  // namespace minato::storage::sqlite::harvest
