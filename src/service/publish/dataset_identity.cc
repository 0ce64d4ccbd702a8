#include "service/publish/dataset_identity.h"

#include <utility>

#include "core/names.h"
#include "core/sha256.h"
#include "core/uuid.h"
#include "service/not_found.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Result;

constexpr int kMaxNumber = 9;
constexpr std::size_t kShortHash = 8;

// Whether another dataset goes by that name now. Ids are names, too: they lead to datasets.
Result<bool> is_taken(const DatasetScope& scope, const std::string& name, const std::string& id) {
  auto other = scope.reader().dataset(name);
  if (!other) return tl::unexpected(std::move(other).error());
  if (!*other || (*other)->id == id) return false;
  return (*other)->state != core::State::kDeleted || (*other)->id == name;
}

}  // namespace

Result<Dataset> find_dataset(storage::CatalogReader& reader, std::string_view id_or_name) {
  auto found = reader.dataset(id_or_name);
  if (!found) return tl::unexpected(std::move(found).error());
  if (*found && ((*found)->state != core::State::kDeleted || (*found)->id == id_or_name)) {
    return **std::move(found);
  }
  // A live dataset that was renamed is meant before a deleted one of that name.
  auto id = reader.history().dataset_formerly(id_or_name);
  if (!id) return tl::unexpected(std::move(id).error());
  if (*id) {
    auto renamed = reader.dataset(**id);
    if (!renamed) return tl::unexpected(std::move(renamed).error());
    if (*renamed) return **std::move(renamed);
  }
  if (*found) return **std::move(found);
  return dataset_not_found();
}

Result<void> settle_id(const DatasetScope& scope, DatasetEdit& edit) {
  Dataset& dataset = edit.dataset;
  if (dataset.id.empty()) {
    dataset.id = core::random_uuid();
    return {};
  }
  if (!scope.caller.sysadmin) {
    add_wrong(
        edit.wrongs, "/id",
        {"ID を決められるのはシステム管理者だけです。", "The input field id was not expected."},
        {"id を消してください。ID はカタログが付けます。",
         "Leave the id out: the catalogue gives one."});
    return {};
  }
  if (!core::is_uuid(dataset.id)) {
    add_wrong(edit.wrongs, "/id", {"データセットの ID は UUID です。", "Invalid id provided"});
    return {};
  }
  auto other = scope.reader().dataset(dataset.id);
  if (!other) return tl::unexpected(std::move(other).error());
  if (*other) {
    add_wrong(edit.wrongs, "/id", {"この ID は既に使われています。", "Dataset id already exists"});
  }
  return {};
}

Result<void> make_name(const DatasetScope& scope, Dataset& dataset) {
  const std::string wanted = readable_name(dataset.title, dataset.id);
  for (int number = 1; number <= kMaxNumber; ++number) {
    std::string name = number == 1 ? wanted : wanted + "-" + std::to_string(number);
    auto taken = is_taken(scope, name, dataset.id);
    if (!taken) return tl::unexpected(std::move(taken).error());
    if (*taken) continue;
    dataset.name = std::move(name);
    return {};
  }
  dataset.name = wanted + "-" + core::sha256_hex(dataset.id).substr(0, kShortHash);
  return {};
}

Result<void> check_name_is_free(const DatasetScope& scope, DatasetEdit& edit) {
  const Dataset& dataset = edit.dataset;
  if (dataset.state == core::State::kDeleted || !core::check_name(dataset.name).empty()) return {};
  auto taken = is_taken(scope, dataset.name, dataset.id);
  if (!taken) return tl::unexpected(std::move(taken).error());
  if (*taken) {
    add_wrong(edit.wrongs, "/name",
              {"この名前は既に使われています。", "That URL is already in use."},
              {"別の名前を付けてください。", "Choose another name."});
  }
  return {};
}

}  // namespace minato::service
