#include "storage/sqlite/database_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {
namespace {

using core::ErrorCode;
using core::Result;

tl::unexpected<core::Error> bad_data_dir(const std::string& data_dir, const std::string& reason) {
  return core::fail(
      ErrorCode::kUnavailable, "data-dir-invalid",
      {"データフォルダー " + data_dir + " を使用できません（" + reason + "）。",
       "The data directory " + data_dir + " cannot be used (" + reason + ")."},
      {"書き込みできるフォルダーを指定し、所有者と権限を確認してください。",
       "Name a directory that this program may write; check its owner and permissions."});
}

tl::unexpected<core::Error> refuse(std::string_view id, core::LocalizedText message,
                                   core::LocalizedText hint, std::string internal = {}) {
  auto failure = core::fail(ErrorCode::kUnavailable, id, std::move(message), std::move(hint));
  failure.value().internal = std::move(internal);
  return failure;
}

tl::unexpected<core::Error> not_a_database(const std::string& path) {
  return refuse("catalog-not-a-database",
                {path + " はカタログファイルではありません。", path + " is not a catalogue file."},
                {"別のデータフォルダーを指定するか、このファイルを移動してください。ファイルは変更"
                 "していません。",
                 "Name another data directory, or move this file away. It was left as it is."});
}

tl::unexpected<core::Error> damaged(const std::string& path, std::string internal) {
  return refuse("catalog-damaged", {path + " は破損しています。", path + " is damaged."},
                {"バックアップから復元してください。ファイルは変更していません。",
                 "Restore it from a backup. The file was left as it is."},
                std::move(internal));
}

// What the general meaning of an engine's fault becomes when it happens while opening.
tl::unexpected<core::Error> opening_failed(const std::string& path,
                                           const SQLite::Exception& fault) {
  core::Error error = to_error(fault);
  switch (fault.getErrorCode() & 0xff) {
    case SQLITE_NOTADB:
      return not_a_database(path);
    case SQLITE_CORRUPT:
      return damaged(path, std::move(error.internal));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return refuse("catalog-locked",
                    {path + " は別のプログラムが使用中のため開けません。",
                     path + " is locked by another program."},
                    {"そのファイルを開いているプログラムを終了してから再度起動してください。",
                     "End the program that has the file open, then start again."},
                    std::move(error.internal));
    default:
      error.message.ja += "（" + path + "）";
      error.message.en += " (" + path + ")";
      return tl::unexpected<core::Error>(std::move(error));
  }
}

Result<void> check_access(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {};
  // SQLite takes some files shorter than its smallest page for new ones.
  constexpr off_t kSmallestPage = 512;
  const bool too_short = status.st_size > 0 && status.st_size < kSmallestPage;
  if (!S_ISREG(status.st_mode) || too_short) return not_a_database(path);
  // Never open() and close() the file here: closing would drop the locks that another connection of
  // this process holds on it (sqlite.org/howtocorrupt.html s2.2).
  if (faccessat(AT_FDCWD, path.c_str(), R_OK | W_OK, AT_EACCESS) == 0) return {};
  const std::string reason = std::strerror(errno);
  return refuse(
      "catalog-read-only",
      {path + " を読み書きできません（" + reason + "）。",
       path + " cannot be read and written (" + reason + ")."},
      {"ファイルの所有者と権限、ディスクが読み取り専用でないかを確認してください。",
       "Check the owner and permissions of the file, and that its disk is not mounted read-only."});
}

Result<void> check_contents(Connection& inspector, const std::string& path, const FileKind& kind) {
  const auto tables = inspector.integer("SELECT count(*) FROM sqlite_schema");
  const auto version = inspector.integer("PRAGMA user_version");
  const auto application = inspector.integer("PRAGMA application_id");
  // A process that ended between creating the file and the first migration leaves an empty
  // database.
  if (tables == 0 && version == 0 && application == 0) return {};
  if (application != kind.application_id) {
    return refuse("catalog-foreign",
                  {path + " は別のプログラムのデータベースです。",
                   path + " is a database of another program."},
                  {"別のデータフォルダーを指定してください。ファイルは変更していません。",
                   "Name another data directory. The file was left as it is."});
  }
  if (version > newest_version(kind)) {
    return refuse("catalog-too-new",
                  {path + " はより新しい版のプログラムのものです（形式 " + std::to_string(version) +
                       "、対応は " + std::to_string(newest_version(kind)) + " まで）。",
                   path + " was written by a newer version of this program (format " +
                       std::to_string(version) + ", known up to " +
                       std::to_string(newest_version(kind)) + ")."},
                  {"プログラムを更新してください。ファイルは変更していません。",
                   "Upgrade the program. The file was left as it is."});
  }
  if (version < 1 || inspector.integer(kind.count_of_state) != 1) {
    return damaged(path, "its row of state is missing");
  }
  return {};
}

Result<void> inspect(const ConnectionOptions& options, const FileKind& kind) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(options.path, error);
  if (error || bytes == 0) return {};  // a new file
  ConnectionOptions inspection = options;
  inspection.access = ConnectionOptions::Access::kInspect;
  try {
    Connection inspector(inspection);
    return check_contents(inspector, options.path, kind);
  } catch (const SQLite::Exception& fault) {
    // A process that was killed in the middle of its first writes left a journal: what is in the
    // file counts only once it is rolled back, which needs the right to write.
    if (fault.getExtendedErrorCode() != SQLITE_READONLY_ROLLBACK) throw;
  }
  inspection.access = ConnectionOptions::Access::kRead;
  Connection inspector(inspection);
  return check_contents(inspector, options.path, kind);
}

Result<std::unique_ptr<Connection>> open_checked(const ConnectionOptions& options,
                                                 const FileKind& kind) {
  auto connection = std::make_unique<Connection>(options);
  {
    Statement mode = connection->prepare("PRAGMA journal_mode=WAL");
    if (!mode.step() || mode.text(0) != "wal") {
      return refuse(
          "catalog-no-wal",
          {options.path + " を WAL 方式で開けません。",
           options.path + " cannot be opened in WAL mode."},
          {"データフォルダーをネットワークドライブではなくローカルディスクに置いてください。",
           "Put the data directory on a local disk, not on a network drive."});
    }
  }
  if (auto migrated = migrate(*connection, kind); !migrated) {
    return tl::unexpected<core::Error>(std::move(migrated.error()));
  }
  return connection;
}

}  // namespace

Result<void> prepare_data_dir(const std::string& data_dir) {
  if (data_dir.empty()) return bad_data_dir("\"\"", "empty path");
  std::error_code error;
  const auto parent = std::filesystem::path(data_dir).lexically_normal().parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error) return bad_data_dir(data_dir, error.message());
  if (mkdir(data_dir.c_str(), 0750) != 0 && errno != EEXIST) {
    return bad_data_dir(data_dir, std::strerror(errno));
  }
  if (!std::filesystem::is_directory(data_dir, error)) {
    return bad_data_dir(data_dir, std::strerror(ENOTDIR));
  }
  if (faccessat(AT_FDCWD, data_dir.c_str(), R_OK | W_OK | X_OK, AT_EACCESS) != 0) {
    return bad_data_dir(data_dir, std::strerror(errno));
  }
  return {};
}

Result<std::unique_ptr<Connection>> open_database_file(ConnectionOptions options,
                                                       const FileKind& kind) {
  options.access = ConnectionOptions::Access::kWrite;
  if (auto accessible = check_access(options.path); !accessible) {
    return tl::unexpected<core::Error>(std::move(accessible.error()));
  }
  try {
    if (auto sound = inspect(options, kind); !sound) {
      return tl::unexpected<core::Error>(std::move(sound.error()));
    }
    return open_checked(options, kind);
  } catch (const SQLite::Exception& fault) {
    return opening_failed(options.path, fault);
  }
}

}  // namespace minato::storage::sqlite
