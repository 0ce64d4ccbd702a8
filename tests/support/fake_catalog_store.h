// A CatalogStore in memory, for tests of what stands above it: slow, simple, and right.
// Text is matched by words (ASCII, without case) and single characters of other scripts; there is
// no Japanese folding, which is the real store's business.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "storage/catalog_store.h"
#include "support/fake_accounts.h"
#include "support/fake_history.h"

namespace minato::support {

// The whole catalogue at one revision.
struct CatalogContents {
  std::uint64_t revision = 1;
  std::map<std::string, core::Dataset> datasets;  // by id
  std::map<std::string, core::Group> groups;      // both kinds, by id
  std::map<std::string, core::Vocabulary> vocabularies;
  std::vector<storage::Origin> origins;
  std::map<std::string, storage::SourceConfirmation, std::less<>> confirmations;
  std::map<std::string, std::vector<storage::FieldOwner>, std::less<>> owners;  // by dataset id
  std::vector<storage::TableVersion> tables;  // all versions, in the order of publication
  // Resource id to table id to its current version.
  std::map<std::string, std::map<std::string, std::int64_t>, std::less<>> current_tables;
  std::vector<storage::TableRefusal> refusals;
  std::map<std::string, storage::TableDefinition, std::less<>> definitions;  // by resource id
  std::map<std::string, core::Tag, std::less<>> put_tags;  // by id; others live in datasets only
  AccountContents accounts;
  HistoryContents history;

  [[nodiscard]] bool is_current(const storage::TableVersion& table) const {
    const auto resource = current_tables.find(table.resource_id);
    if (resource == current_tables.end()) return false;
    const auto version = resource->second.find(table.table_id);
    return version != resource->second.end() && version->second == table.version;
  }
};

// Thread-safe.
class FakeCatalogStore final : public storage::CatalogStore {
 public:
  core::Result<std::unique_ptr<storage::CatalogReader>> read(core::Deadline deadline) override;
  core::Result<void> write(
      std::function<core::Result<void>(storage::CatalogWriter&)> change) override;
  std::uint64_t revision() override;
  void note_missed_search(std::string_view text) override;
  // At once, to the minute.
  void note_token_use(std::string_view token_id, core::Timestamp when) override;

  // Each is one committed write; throws std::logic_error when the store refuses it.
  void put(const core::Dataset& dataset);
  void put(const core::Group& group);
  void put(const core::Vocabulary& vocabulary);
  void put(const std::vector<core::Dataset>& datasets);

  // While set, read() fails with it.
  void fail_reads(std::optional<core::Error> error);
  // How often read() was called.
  [[nodiscard]] int reads() const { return reads_; }
  [[nodiscard]] std::map<std::string, std::int64_t> missed_searches() const;

 private:
  [[nodiscard]] std::shared_ptr<const CatalogContents> contents() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const CatalogContents> contents_ = std::make_shared<CatalogContents>();
  std::map<std::string, std::int64_t> missed_;
  std::optional<core::Error> read_error_;
  std::atomic<int> reads_ = 0;
};

}  // namespace minato::support
