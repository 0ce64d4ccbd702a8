#include "service/rows/row_errors.h"

#include <utility>

#include "formats/json.h"

namespace minato::service {
namespace {

using core::ErrorCode;
using core::fail;

// An error about one record, with the detail that names it.
tl::unexpected<core::Error> about(std::size_t record, tl::unexpected<core::Error> error) {
  core::Error& value = error.value();
  core::ErrorDetail detail;
  detail.param = record_pointer(record);
  detail.message = value.message;
  detail.position = record_position(record);
  detail.hint = value.hint;
  value.details.push_back(std::move(detail));
  return error;
}

}  // namespace

std::string record_pointer(std::size_t record, std::string_view column) {
  const std::string pointer = formats::child_pointer("/records", record);
  return column.empty() ? pointer : formats::child_pointer(pointer, column);
}

std::string record_position(std::size_t record) { return "record " + std::to_string(record); }

tl::unexpected<core::Error> rows_invalid(core::ErrorDetails wrongs) {
  auto error = fail(ErrorCode::kInvalidArgument, "rows-invalid",
                    {"行に誤りがあります。何も書き込んでいません。",
                     "Some records are wrong; nothing was written."},
                    {"details の示す行と列を直して、全体をもう一度送ってください。",
                     "Correct what \"details\" names and send everything again."});
  error.value().details = std::move(wrongs);
  return error;
}

tl::unexpected<core::Error> definition_invalid(core::ErrorDetails wrongs) {
  auto error = fail(ErrorCode::kInvalidArgument, "table-definition-invalid",
                    {"表の定義に誤りがあります。", "The definition of the table is wrong."},
                    {"details の示す項目を直してください。", "Correct what \"details\" names."});
  error.value().details = std::move(wrongs);
  return error;
}

tl::unexpected<core::Error> key_needed(std::size_t record) {
  return about(record, fail(ErrorCode::kInvalidArgument, "table-without-key",
                            {"この表には主キーがないため、更新する行を決められません。",
                             "unique key must be passed for update/upsert"},
                            {"主キー（primary_key）を定義するか、各行に _id を付けてください。",
                             "Define a primary_key, or give the _id of each record."}));
}

tl::unexpected<core::Error> key_incomplete(std::size_t record, const std::string& names) {
  return about(record, fail(ErrorCode::kInvalidArgument, "row-key-missing",
                            {"主キーの列「" + names + "」の値がありません。",
                             "fields \"" + names + "\" are missing but needed as key"},
                            {"すべての行に主キーの値を入れてください。",
                             "Give every record a value in each column of the key."}));
}

tl::unexpected<core::Error> row_not_found(std::size_t record, const std::string& key) {
  return about(record,
               fail(ErrorCode::kNotFound, "row-not-found",
                    {"キーが " + key + " の行はありません。", "key \"" + key + "\" not found"},
                    {"ない行も加えるには method を upsert にしてください。",
                     "Use the method upsert to add rows that are not there."}));
}

tl::unexpected<core::Error> key_taken(std::size_t record, const std::string& key) {
  return about(record, fail(ErrorCode::kConflict, "row-key-taken",
                            {"主キーが " + key + " の行はすでにあります。",
                             "duplicate key value violates unique constraint: Key " + key +
                                 " already exists."},
                            {"ある行を変えるには method を upsert にしてください。",
                             "Use the method upsert to change rows that are there."}));
}

tl::unexpected<core::Error> key_not_unique(const std::vector<std::string>& key) {
  std::string names;
  for (const std::string& name : key) names += (names.empty() ? "" : ", ") + name;
  return fail(ErrorCode::kConflict, "table-key-not-unique",
              {"「" + names + "」の値が同じ行があるため、主キーにできません。",
               "could not create unique index: some rows have the same values of " + names + "."},
              {"重なる行を直すか、主キーの列を増やしてください。",
               "Correct the rows that repeat, or choose more columns for the key."});
}

tl::unexpected<core::Error> read_only() {
  return fail(ErrorCode::kConflict, "table-read-only",
              {"この表はファイルから作られているため、行を書き込めません。",
               "Cannot edit read-only resource. The table is made from a file."},
              {"新しいファイルを登録するか、承知の上で force=true を指定してください"
               "（次にファイルを登録すると書き込みは失われます）。",
               "Publish a new file, or give force=true (the next file replaces what you write)."});
}

tl::unexpected<core::Error> of_several() {
  return fail(
      ErrorCode::kConflict, "table-of-several",
      {"このリソースのファイルには表が複数あり、行を書き込めません。",
       "The file of this resource has several tables; rows cannot be written."},
      {"表ごとに別のリソースへ分けてください。", "Make a resource of its own for each table."});
}

tl::unexpected<core::Error> no_table() {
  return fail(ErrorCode::kNotFound, "table-missing",
              {"このリソースには表がありません。", "This resource has no table."},
              {"先に表を定義してください（datastore_create）。",
               "Define the table first (datastore_create)."});
}

tl::unexpected<core::Error> version_changed(std::int64_t current) {
  const std::string number = std::to_string(current);
  return fail(ErrorCode::kPreconditionFailed, "version-changed",
              {"表はその後に更新され、いまは版 " + number + " です。",
               "The table has changed since; it is at version " + number + " now."},
              {"最新の版を取得し、変更を確かめてからもう一度送ってください。",
               "Get the newest version, check your change and send it again."});
}

tl::unexpected<core::Error> too_many_records(std::int64_t most) {
  const std::string number = std::to_string(most);
  return fail(ErrorCode::kTooLarge, "too-many-records",
              {"一度に送れる行は " + number + " 行までです。",
               "At most " + number + " records can be sent at once."},
              {"何回かに分けて送るか、ファイルを登録してください。",
               "Send them in several calls, or publish a file."});
}

tl::unexpected<core::Error> overtaken() {
  return fail(ErrorCode::kConflict, "table-version-taken",
              {"この表は同時に更新されました。", "The table was changed at the same time."},
              {"もう一度お試しください。", "Try again."});
}

}  // namespace minato::service
