#include "service/not_found.h"

#include <string>
#include <utility>

#include "core/time.h"

namespace minato::service {

using core::ErrorCode;
using core::fail;

tl::unexpected<core::Error> dataset_not_found() {
  return fail(ErrorCode::kNotFound, "dataset-not-found",
              {"データセットが見つかりません。", "There is no such dataset."},
              {"名前または ID を確かめるか、検索で探してください。",
               "Check its name or id, or look for it with the search."});
}

tl::unexpected<core::Error> dataset_access_denied() {
  return fail(ErrorCode::kPermissionDenied, "dataset-access-denied",
              {"このデータセットは公開されていません。", "This dataset is not public."},
              {"公開する組織へお問い合わせください。", "Ask the organization that owns it."});
}

tl::unexpected<core::Error> dataset_deleted(const core::Dataset& dataset,
                                            const storage::Tombstone& tombstone) {
  const std::string when = core::to_rfc3339(tombstone.time);
  core::LocalizedText message{
      "データセット「" + dataset.name + "」は " + when + " に削除されました。",
      "The dataset \"" + dataset.name + "\" was deleted at " + when + "."};
  if (!tombstone.reason.empty()) {
    message.ja += "理由: " + tombstone.reason;
    message.en += " Reason: " + tombstone.reason;
  }
  return fail(
      ErrorCode::kGone, "dataset-deleted", std::move(message),
      {"公開していた団体へお問い合わせください。", "Ask the organization that published it."});
}

tl::unexpected<core::Error> resource_not_found() {
  return fail(ErrorCode::kNotFound, "resource-not-found",
              {"リソースが見つかりません。", "There is no such resource."},
              {"リソースは ID で指定します。データセットの一覧で ID を確かめてください。",
               "Resources are named by their id: look it up in their dataset."});
}

tl::unexpected<core::Error> resource_of_another(const core::Dataset& owner) {
  return fail(
      ErrorCode::kNotFound, "resource-not-found",
      {"このデータセットにそのリソースはありません。", "This dataset has no such resource."},
      {"データセットのページからファイルを選び直してください: /dataset/" + owner.name,
       "Choose the file on the page of its dataset: /dataset/" + owner.name});
}

tl::unexpected<core::Error> file_not_here() {
  return fail(ErrorCode::kNotFound, "file-not-here",
              {"このリソースには配布するファイルもリンク先もありません。",
               "This resource has neither a file nor a web address."},
              {"データセットのページで公開元の案内を確かめてください。",
               "See the page of the dataset for where its publisher offers it."});
}

tl::unexpected<core::Error> group_not_found(core::GroupKind kind) {
  if (kind == core::GroupKind::kOrganization) {
    return fail(ErrorCode::kNotFound, "organization-not-found",
                {"組織が見つかりません。", "There is no such organization."},
                {"組織は団体コード(6桁)または ID で指定します。",
                 "Organizations are named by their 6-digit code or their id."});
  }
  return fail(ErrorCode::kNotFound, "group-not-found",
              {"グループが見つかりません。", "There is no such group."},
              {"グループの一覧で名前を確かめてください。", "See the list of groups for its name."});
}

tl::unexpected<core::Error> tag_not_found() {
  return fail(ErrorCode::kNotFound, "tag-not-found",
              {"タグが見つかりません。", "There is no such tag."},
              {"タグの一覧で名前を確かめてください。", "See the list of tags for its name."});
}

tl::unexpected<core::Error> vocabulary_not_found() {
  return fail(
      ErrorCode::kNotFound, "vocabulary-not-found",
      {"語彙が見つかりません。", "There is no such vocabulary."},
      {"語彙の一覧で名前を確かめてください。", "See the list of vocabularies for its name."});
}

}  // namespace minato::service
