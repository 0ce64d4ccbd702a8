// Creating, changing and removing datasets: permission, rules, names, history. What CKAN's actions,
// /api/v1, the command line and the web's forms share.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/names.h"
#include "service/audited_store.h"
#include "storage/table_store.h"

namespace minato::service {

struct PublishOptions {
  bool allow_unowned_datasets = false;
  std::string default_license;  // id; empty: none
  std::int64_t max_resources = 1'000;
  std::int64_t max_tags = 200;
  std::int64_t max_extras = 200;
};

// A dataset while it is being changed. `wrongs` collects what the client got wrong, so that one
// answer names every bad field.
struct DatasetEdit {
  core::Dataset dataset;
  core::ErrorDetails wrongs;  // param: JSON Pointer: "/resources/0/size"
  // Whatever the caller wants to know again when the same key is replayed (the id of a resource it
  // made): comes back as WrittenDataset::note.
  std::string note;
};

struct WrittenDataset {
  core::Dataset dataset;  // as the catalogue holds it now
  bool changed = false;   // false: the edit changed nothing, or the key was replayed
  bool replayed = false;
  std::string note;  // DatasetEdit's, of now or of then
};

// Thread-safe.
class DatasetWrites {
 public:
  // Keeps references. `tables`: where the rows of purged datasets and removed resources are.
  DatasetWrites(AuditedStore& store, storage::TableStore& tables, PublishOptions options);

  // `wanted.dataset` as the client gave it. Filled in here: id (kept when a sysadmin gives one), a
  // readable ASCII name when there is none and `make_name` (else "Missing value"), creator, times,
  // ids of tags and resources, positions, formats, the default licence. owner_org and groups may
  // be names. Fails with
  //  - auth::require()'s errors (kCreateDataset on owner_org),
  //  - kInvalidArgument "dataset-invalid" with one detail per wrong, in CKAN's words (names.h,
  //    contract 1.5). A dataset that is active and public needs a title and a licence.
  core::Result<WrittenDataset> create(DatasetEdit wanted, bool make_name,
                                      const WriteContext& context);

  // In one transaction: loads the dataset (any state but purged), checks the permission
  // (kUpdateDataset on its owner; on the new owner too when it moves), runs `edit` over a copy,
  // checks the rules, writes. kNotFound "dataset-not-found"; as create(). Nothing changed: modified
  // stays, no activity, no audit entry. A new name keeps the old one as a former name. Fields that
  // a person changed on a dataset with an origin become that user's (storage::FieldOwner).
  // `edit` may fail with any error; it runs on the writer thread: no I/O in it.
  using Edit = std::function<core::Result<void>(DatasetEdit&)>;
  core::Result<WrittenDataset> change(std::string_view id_or_name, const Edit& edit,
                                      const WriteContext& context);
  // The same for the dataset that holds the resource; kNotFound "resource-not-found".
  core::Result<WrittenDataset> change_of_resource(std::string_view resource_id, const Edit& edit,
                                                  const WriteContext& context);

  // Soft: state deleted, with a tombstone. Twice is no error. `check` sees the dataset first, and
  // may fail with any error.
  using Check = std::function<core::Result<void>(const core::Dataset&)>;
  core::Result<void> remove(std::string_view id_or_name, std::string_view reason,
                            const WriteContext& context, const Check& check = {});
  // For good: versions of its tables, jobs and tombstone too; files when nothing else has them is
  // the operator's job. Sysadmins only.
  core::Result<void> purge(std::string_view id_or_name, const WriteContext& context);

  // All of them or none. `edit` as in change(). One audit entry each.
  core::Result<void> change_all(const std::vector<std::string>& ids, std::string_view organization,
                                const Edit& edit, const WriteContext& context);

  // Publishes drafts whose time (Dataset::publish_at) has come; their names. Called every minute.
  // One that may not be published (no licence) stays, and is tried again when it changes.
  core::Result<std::vector<std::string>> publish_due();

  // As `If-Match` compares it: changes with every write of the dataset. "\"...\"".
  static std::string etag(const core::Dataset& dataset);

 private:
  AuditedStore& store_;
  storage::TableStore& tables_;
  PublishOptions options_;
};

// "令和5年度 人口統計" -> "reiwa5-jinko-tokei" (text/romanize.h). Never empty: what is not readable
// gets a short hash of `seed`. 2 to 80 characters, and always a name by core::check_name().
std::string readable_name(std::string_view title, std::string_view seed);

}  // namespace minato::service
