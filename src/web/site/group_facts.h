// Figures about organizations and groups that no index keeps ready: they need every dataset looked
// at, so they are made once and kept for a revision of the catalogue.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"
#include "core/time.h"
#include "service/catalog.h"

namespace minato::web {

struct GroupFacts {
  std::int64_t files = 0;
  std::int64_t tables = 0;
  std::optional<core::Timestamp> newest;  // when one of its datasets last changed
  core::Contact contact;                  // of the newest dataset that names one
};

// By id; a group without public datasets is absent.
class AllGroupFacts {
 public:
  // None: everything 0.
  [[nodiscard]] const GroupFacts& of(std::string_view group_id) const;
  // Of public datasets in the whole catalogue.
  [[nodiscard]] const GroupFacts& all() const { return all_; }
  // Resources with a table, by the name of their dataset: the first of all, one of each dataset.
  [[nodiscard]] const std::map<std::string, std::string>& first_tables() const {
    return first_tables_;
  }
  void add(const core::Dataset& dataset, const service::Directory& directory);

 private:
  std::map<std::string, GroupFacts, std::less<>> facts_;
  GroupFacts all_;
  std::map<std::string, std::string> first_tables_;
};

// Thread-safe.
class GroupFactsCache {
 public:
  // Those of the newest revision; while a large catalogue changes all the time, those of some
  // moments ago, so that the figures never cost more than a tenth of a processor. Fails as the
  // catalogue fails.
  core::Result<std::shared_ptr<const AllGroupFacts>> facts(service::Catalog& catalog);

 private:
  std::mutex mutex_;  // guards all below; held while they are made, so that it is done once
  std::shared_ptr<const AllGroupFacts> facts_;
  std::uint64_t revision_ = 0;
  std::chrono::steady_clock::time_point good_until_;
};

}  // namespace minato::web
