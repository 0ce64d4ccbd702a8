#include "storage/sqlite/harvest/harvest_error.h"

namespace minato::storage::sqlite::harvest {
using core::ErrorCode;

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
