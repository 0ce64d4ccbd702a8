#include "storage/sqlite/side/side_file.h"

#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {
namespace {

using core::ErrorCode;

struct Meaning {
  std::string_view general;  // the id that the engine's room gives
  ErrorCode code;
  std::string_view SideFileErrors::*id;
  std::string_view ja;  // follow the path; empty: the file's own words
  std::string_view en;
  std::string_view hint_ja;
  std::string_view hint_en;
};

constexpr Meaning kMeanings[] = {
    {"catalog-not-a-database", ErrorCode::kUnavailable, &SideFileErrors::not_a_database, "", "", "",
     ""},
    {"catalog-foreign", ErrorCode::kUnavailable, &SideFileErrors::foreign,
     " は別のプログラムのデータベースです。", " is a database of another program.",
     "別のデータフォルダーを指定するか、このファイルを移動してください。ファイルは変更していません"
     "。",
     "Name another data directory, or move this file away. It was left as it is."},
    {"catalog-too-new", ErrorCode::kUnavailable, &SideFileErrors::too_new,
     " はより新しい版のプログラムのものです。", " was written by a newer version of this program.",
     "プログラムを更新してください。ファイルは変更していません。",
     "Upgrade the program. The file was left as it is."},
    {"catalog-damaged", ErrorCode::kInternal, &SideFileErrors::damaged, " は破損しています。",
     " is damaged.", "", ""},
    {"catalog-read-only", ErrorCode::kUnavailable, &SideFileErrors::read_only,
     " に書き込めません。", " cannot be written.",
     "ファイルの所有者と権限、ディスクが読み取り専用でないかを確認してください。",
     "Check the owner and permissions of the file, and that its disk is not mounted read-only."},
    {"catalog-locked", ErrorCode::kUnavailable, &SideFileErrors::locked,
     " は別のプログラムが使用中のため開けません。", " is locked by another program.",
     "そのファイルを開いているプログラムを終了してから再度起動してください。",
     "End the program that has the file open, then start again."},
    {"catalog-busy", ErrorCode::kUnavailable, &SideFileErrors::busy,
     " に別の処理が書き込み中です。", " is being written by another process.",
     "しばらく待ってから再度お試しください。", "Wait a little and try again."},
    {"catalog-no-wal", ErrorCode::kUnavailable, &SideFileErrors::no_wal,
     " を WAL 方式で開けません。", " cannot be opened in WAL mode.",
     "データフォルダーをネットワークドライブではなくローカルディスクに置いてください。",
     "Put the data directory on a local disk, not on a network drive."},
    {"catalog-migration-failed", ErrorCode::kInternal, &SideFileErrors::migration_failed,
     " の形式を更新できませんでした。ファイルは更新前のままです。",
     " could not be upgraded. The file is as it was before.",
     "以前の版のプログラムに戻すか、記録を添えて開発元へご連絡ください。",
     "Go back to the earlier version of the program, or report it with the log."},
};

core::LocalizedText texts(std::string_view ja, std::string_view en,
                          const core::LocalizedText& otherwise) {
  return ja.empty() ? otherwise : core::LocalizedText{std::string(ja), std::string(en)};
}

}  // namespace

core::Error of_side_file(core::Error error, const SideFile& file, const std::string& path) {
  for (const Meaning& meaning : kMeanings) {
    if (meaning.general != error.id) continue;
    std::string internal = error.internal.empty() ? error.message.en : error.internal;
    const auto what = texts(meaning.ja, meaning.en, file.no_such_file);
    error = core::fail(meaning.code, file.ids.*meaning.id, {path + what.ja, path + what.en},
                       texts(meaning.hint_ja, meaning.hint_en, file.replace))
                .value();
    error.internal = std::move(internal);
    break;
  }
  return error;
}

core::Error side_file_error(const SQLite::Exception& fault, const SideFile& file,
                            const std::string& path) {
  if (file.meaning != nullptr) {
    if (auto known = file.meaning(fault)) return std::move(*known);
  }
  return of_side_file(to_error(fault), file, path);
}

}  // namespace minato::storage::sqlite
