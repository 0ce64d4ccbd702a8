#include "service/not_found.h"

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

tl::unexpected<core::Error> resource_not_found() {
  return fail(ErrorCode::kNotFound, "resource-not-found",
              {"リソースが見つかりません。", "There is no such resource."},
              {"リソースは ID で指定します。データセットの一覧で ID を確かめてください。",
               "Resources are named by their id: look it up in their dataset."});
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
