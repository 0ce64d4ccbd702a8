#include "storage/sqlite/sqlite_error.h"

#include <sqlite3.h>

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

}  // namespace

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
