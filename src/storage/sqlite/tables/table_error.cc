#include "storage/sqlite/tables/table_error.h"

#include <sqlite3.h>

#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite::tables {

using core::ErrorCode;

core::Error too_slow() {
  return core::fail(ErrorCode::kDeadline, "query-too-slow",
                    {"検索が制限時間内に終わりませんでした。",
                     "The query did not finish within its time limit."},
                    {"条件を絞り込むか、索引のある列（スキーマの indexed）で絞り込んでください。"
                     "全件が必要な場合は export をご利用ください。",
                     "Narrow the filter, filter by an indexed column (\"indexed\" in the schema), "
                     "or use export when you need all rows."})
      .value();
}

core::Error damaged(const std::string& what) {
  core::Error error =
      core::fail(ErrorCode::kInternal, "table-damaged",
                 {"このテーブルの保存ファイルが破損しています。",
                  "The stored file of this table is damaged."},
                 {"運用者へご連絡ください。元ファイルを取り込み直すと復旧します。",
                  "Tell the operator; importing the original file again repairs it."})
          .value();
  error.internal = what;
  return error;
}

core::Error version_missing(const TableKey& key) {
  core::Error error = core::fail(ErrorCode::kNotFound, "table-version-missing",
                                 {"このテーブルの指定された版はありません。",
                                  "This version of the table does not exist."},
                                 {"/versions で有効な版を確認してください。",
                                  "See /versions for the versions that exist."})
                          .value();
  error.internal = key.table_id + " version " + std::to_string(key.version);
  return error;
}

core::Error to_table_error(const SQLite::Exception& fault) {
  const std::string what =
      "sqlite " + std::to_string(fault.getExtendedErrorCode()) + ": " + fault.what();
  switch (fault.getErrorCode() & 0xff) {
    case SQLITE_INTERRUPT:
      return too_slow();
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return damaged(what);
    default:
      return to_error(fault);
  }
}

}  // namespace minato::storage::sqlite::tables
