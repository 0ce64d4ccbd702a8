#include "storage/sqlite/push/push_file.h"

namespace minato::storage::sqlite::push {
namespace {

// "MNTP" in the file's header.
constexpr int kPushId = 0x4D4E5450;

}  // namespace

const SideFile& push_file() {
  static const SideFile file{
      {kPushId, push_migrations(), "SELECT count(*) FROM push_state"},
      {"push-store-not-a-database", "push-store-foreign", "push-store-too-new",
       "push-store-damaged", "push-store-read-only", "push-store-locked", "push-store-busy",
       "push-store-no-wal", "push-store-migration-failed"},
      {" はアップロードと取り込みの記録のファイルではありません。",
       " is not a file of uploads and import jobs."},
      {"サービスを停止し、このファイルを移動してください。次の起動時に作り直され、取り込み待ちの"
       "ファイルは自動で取り込まれます。途中のアップロードだけは最初からやり直してください。",
       "Stop the service and move this file away: the next start makes a new one and imports what "
       "was waiting. Only uploads that were under way have to begin again."},
      nullptr};
  return file;
}

}  // namespace minato::storage::sqlite::push
