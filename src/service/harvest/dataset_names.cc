#include "service/harvest/dataset_names.h"

#include <algorithm>
#include <utility>

#include "core/names.h"
#include "core/sha256.h"
#include "service/harvest/normalize.h"

namespace minato::service {

namespace {

using core::ErrorCode;
using core::Result;

constexpr int kMaxNumber = 9;
constexpr std::size_t kShortHash = 8;

void add_ending(std::string& name, const std::string& ending) {
  name.resize(std::min(name.size(), core::kMaxNameLength - ending.size()));
  name += ending;
}

}  // namespace

Result<bool> DatasetNames::is_taken(const std::string& name, const std::string& dataset_id) {
  const auto known = given_.find(name);
  if (known != given_.end()) return known->second != dataset_id;
  auto other = reader_.dataset(name);
  if (!other) return tl::unexpected(std::move(other).error());
  return *other && (*other)->id != dataset_id && (*other)->state != core::State::kDeleted;
}

// The name itself, "-2" to "-9" behind it, or a hash.
Result<std::string> DatasetNames::give(const ImportItem& item, const std::string& dataset_id) {
  const std::string wanted = harvested_name(organization_, item.remote_name, item.remote_id());
  for (int number = 1; number <= kMaxNumber + 1; ++number) {
    std::string name = wanted;
    if (number > kMaxNumber) {
      add_ending(name, "-" + core::sha256_hex(dataset_id).substr(0, kShortHash));
    } else if (number > 1) {
      add_ending(name, "-" + std::to_string(number));
    }
    auto taken = is_taken(name, dataset_id);
    if (!taken) return tl::unexpected(std::move(taken).error());
    if (*taken) continue;
    given_[name] = dataset_id;
    return name;
  }
  return core::fail(
      ErrorCode::kConflict, "name-taken",
      {"名前「" + wanted + "」は既に使われています。", "The name " + wanted + " is taken."},
      {"別の名前を付けてください。", "Choose another name."});
}

}  // namespace minato::service
