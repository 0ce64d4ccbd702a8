#include "storage/sqlite/harvest/harvest_error.h"

#include <sqlite3.h>

namespace minato::storage::sqlite::harvest {
namespace {

using core::ErrorCode;

struct Meaning {
  std::string_view general;  // the id that the engine's room gives
  ErrorCode code;
  std::string_view id;
  std::string_view ja;  // follow the path
  std::string_view en;
  std::string_view hint_ja;
  std::string_view hint_en;
};

constexpr std::string_view kMoveAwayJa =
    "サービスを停止し、このファイルを移動してください。次の起動時に作り直され、収集は最初から"
    "行われます。";
constexpr std::string_view kMoveAwayEn =
    "Stop the service and move this file away: the next start makes a new one, and everything is "
    "collected again.";

constexpr Meaning kMeanings[] = {
    {"catalog-not-a-database", ErrorCode::kUnavailable, "harvest-store-not-a-database",
     " は収集状況のファイルではありません。", " is not a file of the harvester.", kMoveAwayJa,
     kMoveAwayEn},
    {"catalog-foreign", ErrorCode::kUnavailable, "harvest-store-foreign",
     " は別のプログラムのデータベースです。", " is a database of another program.",
     "別のデータフォルダーを指定するか、このファイルを移動してください。ファイルは変更していません"
     "。",
     "Name another data directory, or move this file away. It was left as it is."},
    {"catalog-too-new", ErrorCode::kUnavailable, "harvest-store-too-new",
     " はより新しい版のプログラムのものです。", " was written by a newer version of this program.",
     "プログラムを更新してください。ファイルは変更していません。",
     "Upgrade the program. The file was left as it is."},
    {"catalog-damaged", ErrorCode::kInternal, "harvest-store-damaged", " は破損しています。",
     " is damaged.", kMoveAwayJa, kMoveAwayEn},
    {"catalog-read-only", ErrorCode::kUnavailable, "harvest-store-read-only", " に書き込めません。",
     " cannot be written.",
     "ファイルの所有者と権限、ディスクが読み取り専用でないかを確認してください。",
     "Check the owner and permissions of the file, and that its disk is not mounted read-only."},
    {"catalog-locked", ErrorCode::kUnavailable, "harvest-store-locked",
     " は別のプログラムが使用中のため開けません。", " is locked by another program.",
     "そのファイルを開いているプログラムを終了してから再度起動してください。",
     "End the program that has the file open, then start again."},
    {"catalog-busy", ErrorCode::kUnavailable, "harvest-store-busy", " に別の処理が書き込み中です。",
     " is being written by another process.", "しばらく待ってから再度お試しください。",
     "Wait a little and try again."},
    {"catalog-no-wal", ErrorCode::kUnavailable, "harvest-store-no-wal",
     " を WAL 方式で開けません。", " cannot be opened in WAL mode.",
     "データフォルダーをネットワークドライブではなくローカルディスクに置いてください。",
     "Put the data directory on a local disk, not on a network drive."},
    {"catalog-migration-failed", ErrorCode::kInternal, "harvest-store-migration-failed",
     " の形式を更新できませんでした。ファイルは更新前のままです。",
     " could not be upgraded. The file is as it was before.",
     "以前の版のプログラムに戻すか、記録を添えて開発元へご連絡ください。",
     "Go back to the earlier version of the program, or report it with the log."},
};

}  // namespace

core::Error of_harvest_file(core::Error error, const std::string& path) {
  for (const Meaning& meaning : kMeanings) {
    if (meaning.general != error.id) continue;
    std::string internal = error.internal.empty() ? error.message.en : error.internal;
    error = core::fail(meaning.code, meaning.id,
                       {path + std::string(meaning.ja), path + std::string(meaning.en)},
                       {std::string(meaning.hint_ja), std::string(meaning.hint_en)})
                .value();
    error.internal = std::move(internal);
    break;
  }
  return error;
}

core::Error error_of(const SQLite::Exception& fault, const std::string& path) {
  // Everything else refers to a source or a job, and jobs are looked up before they are written to.
  if (fault.getExtendedErrorCode() == SQLITE_CONSTRAINT_FOREIGNKEY) {
    return source_not_found("").value();
  }
  return of_harvest_file(to_error(fault), path);
}

tl::unexpected<core::Error> source_exists(std::string_view name) {
  const std::string text(name);
  return core::fail(ErrorCode::kConflict, "harvest-source-exists",
                    {"収集元「" + text + "」は既にあります。",
                     "There is a harvest source named \"" + text + "\" already."},
                    {"別の名前を指定してください。", "Give it another name."});
}

tl::unexpected<core::Error> source_not_found(std::string_view id_or_name) {
  const std::string text(id_or_name);
  return core::fail(
      ErrorCode::kNotFound, "harvest-source-not-found",
      {text.empty() ? "収集元がなくなりました。" : "収集元「" + text + "」が見つかりません。",
       text.empty() ? "The harvest source is gone."
                    : "There is no harvest source \"" + text + "\"."},
      {"minato harvest sources list で名前を確認してください。",
       "See the names with: minato harvest sources list"});
}

tl::unexpected<core::Error> job_exists() {
  return core::fail(
      ErrorCode::kConflict, "harvest-job-exists",
      {"この収集元には終わっていない収集があります。", "The harvest source has an unfinished job."},
      {"終わるのを待つか、minato harvest abort で中止してください。",
       "Wait for its end, or end it with: minato harvest abort"});
}

tl::unexpected<core::Error> job_not_found() {
  return core::fail(ErrorCode::kNotFound, "harvest-job-not-found",
                    {"収集の記録が見つかりません。", "There is no such harvest job."},
                    {"古い記録は削除されます。収集元の一覧から最新の収集を確認してください。",
                     "Old jobs are dropped. See the newest ones of the source."});
}

tl::unexpected<core::Error> job_finished() {
  return core::fail(ErrorCode::kConflict, "harvest-job-finished",
                    {"この収集は既に終了しています（中止された可能性があります）。",
                     "The harvest job is finished already; somebody may have aborted it."},
                    {"必要ならもう一度収集してください。", "Harvest again if needed."});
}

tl::unexpected<core::Error> record_exists(std::string_view remote_id) {
  const std::string text(remote_id);
  return core::fail(ErrorCode::kConflict, "harvest-record-exists",
                    {"識別子「" + text + "」は別のデータセットが使用しています。",
                     "The remote id \"" + text + "\" belongs to another dataset."},
                    {"提供元で識別子が重複していないか確認してください。",
                     "Check whether the publisher uses an id twice."});
}

}  // namespace minato::storage::sqlite::harvest
