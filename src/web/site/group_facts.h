// Figures about organizations and groups that no index keeps ready: they need every dataset looked
// at.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

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

// How often a catalogue that takes long to look through is looked through.
struct FactsPace {
  std::chrono::milliseconds cheap{50};   // what takes less is made again at every revision
  std::chrono::milliseconds look{1000};  // between two looks whether the catalogue changed
  int rest = 10;                         // times the work, after the work
};

// Thread-safe. Nobody waits for figures but those who come before there are any.
//
// Of a small catalogue they are always those of the newest revision. Of a large one a thread keeps
// them: they are behind by the look, the rest and the work at most (10,000 datasets take half a
// second: some 6 seconds), cost a tenth of a processor at most while the catalogue changes all the
// time, and nothing while it does not change.
class GroupFactsCache {
 public:
  explicit GroupFactsCache(FactsPace pace = {}) : pace_(pace) {}
  ~GroupFactsCache();
  GroupFactsCache(const GroupFactsCache&) = delete;
  GroupFactsCache& operator=(const GroupFactsCache&) = delete;

  // Fails as the catalogue fails. REQUIRES: always the same catalogue, which outlives this.
  core::Result<std::shared_ptr<const AllGroupFacts>> facts(service::Catalog& catalog);
  // Whether the last facts given are those of the newest revision.
  [[nodiscard]] bool is_current(service::Catalog& catalog) const;
  // They are kept by a thread by now.
  [[nodiscard]] bool follows() const;

 private:
  struct Made {
    std::shared_ptr<const AllGroupFacts> facts;
    std::uint64_t revision = 0;
    std::chrono::steady_clock::duration took{};
  };
  core::Result<Made> make(service::Catalog& catalog) const;
  std::shared_ptr<const AllGroupFacts> ready(service::Catalog& catalog);
  void take(const Made& made);
  void keep(service::Catalog& catalog);
  [[nodiscard]] bool is_stopping() const;

  const FactsPace pace_;
  std::mutex making_;         // held while they are made for a reader, so that it is done once
  mutable std::mutex mutex_;  // guards all below; taken after making_
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::shared_ptr<const AllGroupFacts> facts_;
  std::uint64_t revision_ = 0;
  std::thread keeper_;  // runs since they once were not cheap
};

}  // namespace minato::web
