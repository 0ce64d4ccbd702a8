#include "storage/sqlite/migrations.h"

#include <string>

#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {
namespace {

// "MNTO": this file is a catalogue of ours.
constexpr int kCatalogId = 0x4D4E544F;

// May throw SQLite::Exception; then the transaction is still open.
void apply(Connection& connection, const Migration& migration, int application_id) {
  connection.run("BEGIN IMMEDIATE");
  // Another process may have been faster.
  if (connection.integer("PRAGMA user_version") >= migration.version) {
    connection.run("COMMIT");
    return;
  }
  connection.run(std::string(migration.sql));
  if (connection.prepare("PRAGMA foreign_key_check").step()) {
    throw SQLite::Exception("dangling references after the migration",
                            SQLITE_CONSTRAINT_FOREIGNKEY);
  }
  connection.run("PRAGMA user_version=" + std::to_string(migration.version));
  connection.run("PRAGMA application_id=" + std::to_string(application_id));
  connection.run("COMMIT");
}

core::Error failed(const Migration& migration, core::Error cause) {
  // Where the machine is at fault (full disk, busy file), that is what the operator must know.
  if (cause.code != core::ErrorCode::kInternal) return cause;
  const std::string name(migration.name);
  core::Error error =
      core::fail(
          core::ErrorCode::kInternal, "catalog-migration-failed",
          {"カタログファイルの更新（" + name + "）に失敗しました。ファイルは更新前のままです。",
           "Upgrading the catalogue file failed at " + name + ". The file is as it was before."},
          {"以前の版のプログラムに戻すか、記録を添えて開発元へご連絡ください。",
           "Go back to the earlier version of the program, or report it with the log."})
          .value();
  error.internal = std::move(cause.internal);
  return error;
}

}  // namespace

const FileKind& catalog_file() {
  static const FileKind kind{kCatalogId, all_migrations(), "SELECT count(*) FROM catalog_state"};
  return kind;
}

int newest_version(const FileKind& kind) { return static_cast<int>(kind.migrations.size()); }

core::Result<void> migrate(Connection& connection, const FileKind& kind) {
  return guarded([&]() -> core::Result<void> {
    const auto version = connection.integer("PRAGMA user_version");
    if (version == newest_version(kind)) return {};
    // Steps that rebuild a table need this (sqlite.org/lang_altertable.html s7); it has no effect
    // inside a transaction.
    connection.run("PRAGMA foreign_keys=OFF");
    for (const Migration& migration : kind.migrations) {
      if (migration.version <= version) continue;
      try {
        apply(connection, migration, kind.application_id);
      } catch (const SQLite::Exception& fault) {
        core::Error error = failed(migration, to_error(fault));
        if (connection.in_transaction()) connection.run("ROLLBACK");
        return tl::unexpected<core::Error>(std::move(error));
      }
    }
    connection.run("PRAGMA foreign_keys=ON");
    return {};
  });
}

}  // namespace minato::storage::sqlite
