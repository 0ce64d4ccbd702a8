#include "storage/sqlite/sqlite_error.h"

#include <cerrno>
#include <string>

namespace minato::storage::sqlite {
namespace {

using core::ErrorCode;

struct Meaning {
  ErrorCode code;
  const char* id;
  const char* message_ja;
  const char* message_en;
  const char* hint_ja;
  const char* hint_en;
};

constexpr Meaning kDeadlineMeaning = {ErrorCode::kDeadline,
                                      "deadline",
                                      "制限時間内に処理が終わりませんでした。",
                                      "The request took longer than its time limit.",
                                      "条件を絞り込んで再度お試しください。",
                                      "Narrow the request and try again."};
constexpr Meaning kBusy = {ErrorCode::kUnavailable,
                           "catalog-busy",
                           "別の処理がカタログに書き込んでいるため、実行できませんでした。",
                           "Another process is writing to the catalogue.",
                           "しばらく待ってから再度お試しください。",
                           "Wait a little and try again."};
constexpr Meaning kFull = {ErrorCode::kInsufficientStorage,
                           "storage-full",
                           "保存先の空き容量が足りません。",
                           "The disk of the data directory is full.",
                           "データフォルダーのディスクの空き容量を増やしてください。",
                           "Free space on the disk of the data directory."};
constexpr Meaning kDamaged = {
    ErrorCode::kInternal,
    "catalog-damaged",
    "カタログファイルが破損しています。",
    "The catalogue file is damaged.",
    "サービスを停止し、バックアップから catalog.db "
    "を復元してください。ファイルは変更していません。",
    "Stop the service and restore catalog.db from a backup. The file was left as it is."};
constexpr Meaning kReadOnly = {
    ErrorCode::kUnavailable,
    "catalog-read-only",
    "カタログファイルに書き込めません。",
    "The catalogue file cannot be written.",
    "データフォルダーと catalog.db の所有者と書き込み権限を確認してください。",
    "Check owner and write permission of the data directory and catalog.db."};
constexpr Meaning kInputOutput = {ErrorCode::kUnavailable,
                                  "storage-io",
                                  "カタログファイルの読み書きに失敗しました。",
                                  "Reading or writing the catalogue file failed.",
                                  "ディスクの状態とデータフォルダーの権限を確認してください。",
                                  "Check the disk and the permissions of the data directory."};
constexpr Meaning kTooBig = {ErrorCode::kTooLarge,
                             "value-too-large",
                             "値が大きすぎて保存できません。",
                             "A value is too large to be stored.",
                             "文字列を短くしてください。",
                             "Shorten the text."};

const Meaning* meaning_of(int primary_code) {
  switch (primary_code) {
    case SQLITE_INTERRUPT:
      return &kDeadlineMeaning;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return &kBusy;
    case SQLITE_FULL:
      return &kFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return &kDamaged;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return &kReadOnly;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return &kInputOutput;
    case SQLITE_TOOBIG:
      return &kTooBig;
    default:
      return nullptr;
  }
}

bool means_full(int error) {
  // EFBIG: a limit on the size of files (RLIMIT_FSIZE, the file system's own).
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

bool is_failed_write(int extended_code) {
  switch (extended_code) {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMMAP:
      return true;
    default:
      return false;
  }
}

// What the system said when a write to the file, or to its journal, failed last. A failing COMMIT
// does not set sqlite3_system_errno().
bool file_says_full(sqlite3* database) {
  int error = 0;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
  if (means_full(error)) return true;
  sqlite3_file* journal = nullptr;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
  if (journal == nullptr || journal->pMethods == nullptr) return false;
  error = 0;
  journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &error);
  return means_full(error);
}

bool out_of_space(sqlite3* database, int code) {
  const int extended = sqlite3_extended_errcode(database);
  if ((code & 0xff) == SQLITE_CANTOPEN) return means_full(sqlite3_system_errno(database));
  if (!is_failed_write(extended) && !is_failed_write(code)) return false;
  return means_full(sqlite3_system_errno(database)) || file_says_full(database);
}

}  // namespace

SQLite::Exception engine_fault(sqlite3* database, int code) {
  if (!out_of_space(database, code)) return {database, code};
  const std::string what = std::string(sqlite3_errmsg(database)) + " (" +
                           std::to_string(sqlite3_extended_errcode(database)) + ", no space)";
  return {what, SQLITE_FULL};
}

core::Error to_error(const SQLite::Exception& fault) {
  std::string internal =
      "sqlite " + std::to_string(fault.getExtendedErrorCode()) + ": " + fault.what();
  const Meaning* meaning = meaning_of(fault.getErrorCode() & 0xff);
  if (meaning == nullptr) return core::fail_internal(std::move(internal)).value();
  core::Error error =
      core::fail(meaning->code, meaning->id, {meaning->message_ja, meaning->message_en},
                 {meaning->hint_ja, meaning->hint_en})
          .value();
  error.internal = std::move(internal);
  return error;
}

}  // namespace minato::storage::sqlite
