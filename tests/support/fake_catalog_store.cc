#include "support/fake_catalog_store.h"

#include <algorithm>
#include <stdexcept>

#include "support/fake_catalog_reader.h"

namespace minato::support {
namespace {

using core::Result;

bool belongs(const core::Dataset& dataset, std::string_view group_id) {
  return dataset.owner_org == group_id ||
         std::find(dataset.groups.begin(), dataset.groups.end(), group_id) != dataset.groups.end();
}

tl::unexpected<core::Error> name_taken(const std::string& name) {
  return core::fail(
      core::ErrorCode::kConflict, "name-taken",
      {"名前「" + name + "」は既に使われています。", "The name " + name + " is taken."});
}

class FakeWriter final : public storage::CatalogWriter {
 public:
  // What the reader sees is the same object that the puts change.
  explicit FakeWriter(std::shared_ptr<CatalogContents> contents)
      : contents_(std::move(contents)),
        reader_(contents_),
        accounts_(contents_->accounts, contents_->groups),
        history_(contents_->history) {}

  storage::CatalogReader& reader() override { return reader_; }

  Result<void> put_dataset(const core::Dataset& dataset) override {
    for (const auto& [id, other] : contents_->datasets) {
      if (id != dataset.id && other.name == dataset.name && other.state != core::State::kDeleted &&
          dataset.state != core::State::kDeleted) {
        return name_taken(dataset.name);
      }
    }
    contents_->datasets[dataset.id] = dataset;
    return {};
  }

  Result<void> purge_dataset(std::string_view id) override {
    const auto found = contents_->datasets.find(std::string(id));
    if (found == contents_->datasets.end()) return {};
    for (const auto& resource : found->second.resources) {
      contents_->definitions.erase(resource.id);
    }
    contents_->datasets.erase(found);
    contents_->owners.erase(std::string(id));
    contents_->history.tombstones.erase(std::string(id));
    std::erase_if(contents_->history.dataset_names,
                  [&](const auto& name) { return name.second == id; });
    return {};
  }

  Result<void> put_group(const core::Group& group) override {
    for (const auto& [id, other] : contents_->groups) {
      if (id != group.id && other.name == group.name) return name_taken(group.name);
    }
    contents_->groups[group.id] = group;
    return {};
  }

  Result<void> purge_group(std::string_view id) override {
    for (const auto& [dataset_id, dataset] : contents_->datasets) {
      if (belongs(dataset, id)) return in_use("group-in-use");
    }
    contents_->groups.erase(std::string(id));
    std::erase_if(contents_->accounts.memberships,
                  [&](const auto& membership) { return membership.group_id == id; });
    std::erase_if(contents_->history.group_names,
                  [&](const auto& name) { return name.second == id; });
    return {};
  }

  Result<void> remove_vocabulary(std::string_view id) override {
    storage::TagListRequest all;
    all.vocabulary_id = id;
    all.include_unused = true;
    if (!reader_.tags(all)->empty()) return in_use("vocabulary-has-tags");
    contents_->vocabularies.erase(std::string(id));
    return {};
  }

  Result<void> put_tag(const core::Tag& tag) override {
    if (!tag.vocabulary_id.empty() && !contents_->vocabularies.contains(tag.vocabulary_id)) {
      return core::fail(core::ErrorCode::kInvalidArgument, "vocabulary-not-found",
                        {"語彙がありません。", "No such vocabulary."});
    }
    const auto holder = reader_.tag(tag.name, tag.vocabulary_id);
    if (*holder && (*holder)->id != tag.id) return name_taken(tag.name);
    contents_->put_tags[tag.id] = tag;
    for (auto& [id, dataset] : contents_->datasets) {
      for (auto& known : dataset.tags) {
        if (known.id == tag.id) known = tag;
      }
    }
    return {};
  }

  Result<void> remove_tag(std::string_view id) override {
    contents_->put_tags.erase(std::string(id));
    for (auto& [dataset_id, dataset] : contents_->datasets) {
      std::erase_if(dataset.tags, [&](const auto& tag) { return tag.id == id; });
    }
    return {};
  }

  Result<void> put_table_definition(const storage::TableDefinition& definition) override {
    for (const auto& alias : definition.aliases) {
      const auto holder = reader_.resource_of_alias(alias);
      if (*holder && **holder != definition.resource_id) return in_use("alias-taken");
    }
    contents_->definitions[definition.resource_id] = definition;
    return {};
  }

  Result<void> remove_table_definition(std::string_view resource_id) override {
    contents_->definitions.erase(std::string(resource_id));
    return {};
  }

  Result<void> forget_table_version(std::string_view table_id, std::int64_t version) override {
    std::erase_if(contents_->tables, [&](const auto& table) {
      return table.table_id == table_id && table.version == version &&
             !contents_->is_current(table);
    });
    return {};
  }

  storage::AccountWriter& accounts() override { return accounts_; }
  storage::HistoryWriter& history() override { return history_; }

  Result<void> put_vocabulary(const core::Vocabulary& vocabulary) override {
    contents_->vocabularies[vocabulary.id] = vocabulary;
    return {};
  }

  Result<void> publish_tables(std::string_view resource_id,
                              const std::vector<storage::TableVersion>& tables) override {
    auto& current = contents_->current_tables[std::string(resource_id)];
    current.clear();
    for (const auto& table : tables) {
      contents_->tables.push_back(table);
      current[table.table_id] = table.version;
    }
    std::erase_if(contents_->refusals,
                  [&](const auto& refusal) { return refusal.resource_id == resource_id; });
    return {};
  }
  Result<void> put_table_refusal(const storage::TableRefusal& refusal) override {
    std::erase_if(contents_->refusals,
                  [&](const auto& known) { return known.resource_id == refusal.resource_id; });
    contents_->refusals.push_back(refusal);
    return {};
  }
  Result<void> put_origin(const storage::Origin& origin) override {
    for (auto& known : contents_->origins) {
      if (known.source == origin.source && known.remote_id == origin.remote_id) {
        known = origin;
        return {};
      }
    }
    contents_->origins.push_back(origin);
    return {};
  }
  Result<void> remove_origin(std::string_view source, std::string_view remote_id) override {
    std::erase_if(contents_->origins, [&](const auto& known) {
      return known.source == source && known.remote_id == remote_id;
    });
    return {};
  }
  Result<void> put_source_confirmation(const storage::SourceConfirmation& confirmation) override {
    contents_->confirmations[confirmation.source] = confirmation;
    return {};
  }
  Result<void> put_field_owners(std::string_view dataset_id,
                                const std::vector<storage::FieldOwner>& owners) override {
    contents_->owners[std::string(dataset_id)] = owners;
    return {};
  }

 private:
  static tl::unexpected<core::Error> in_use(std::string_view id) {
    return core::fail(core::ErrorCode::kConflict, id, {"使用中です。", "It is in use."});
  }

  std::shared_ptr<CatalogContents> contents_;
  FakeReader reader_;
  FakeAccountWriter accounts_;
  FakeHistoryWriter history_;
};

void must_succeed(const Result<void>& written) {
  if (!written) throw std::logic_error("fake store refused a value: " + written.error().id);
}

}  // namespace

Result<std::unique_ptr<storage::CatalogReader>> FakeCatalogStore::read(core::Deadline) {
  ++reads_;
  const std::lock_guard lock(mutex_);
  if (read_error_) return tl::unexpected(*read_error_);
  return std::make_unique<FakeReader>(contents_);
}

Result<void> FakeCatalogStore::write(std::function<Result<void>(storage::CatalogWriter&)> change) {
  const std::lock_guard lock(mutex_);
  auto next = std::make_shared<CatalogContents>(*contents_);
  FakeWriter writer(next);
  if (auto done = change(writer); !done) return done;
  ++next->revision;
  contents_ = std::move(next);
  return {};
}

std::uint64_t FakeCatalogStore::revision() { return contents()->revision; }

void FakeCatalogStore::note_missed_search(std::string_view text) {
  const std::lock_guard lock(mutex_);
  ++missed_[std::string(text)];
}

void FakeCatalogStore::note_token_use(std::string_view token_id, core::Timestamp when) {
  constexpr std::int64_t kMinute = 60'000'000;
  const std::lock_guard lock(mutex_);
  auto next = std::make_shared<CatalogContents>(*contents_);
  const auto token = next->accounts.tokens.find(token_id);
  if (token == next->accounts.tokens.end()) return;
  token->second.last_used = core::Timestamp{when.us - when.us % kMinute};
  contents_ = std::move(next);
}

void FakeCatalogStore::put(const core::Dataset& dataset) {
  must_succeed(write([&](storage::CatalogWriter& writer) { return writer.put_dataset(dataset); }));
}

void FakeCatalogStore::put(const core::Group& group) {
  must_succeed(write([&](storage::CatalogWriter& writer) { return writer.put_group(group); }));
}

void FakeCatalogStore::put(const core::Vocabulary& vocabulary) {
  must_succeed(
      write([&](storage::CatalogWriter& writer) { return writer.put_vocabulary(vocabulary); }));
}

void FakeCatalogStore::put(const std::vector<core::Dataset>& datasets) {
  must_succeed(write([&](storage::CatalogWriter& writer) -> Result<void> {
    for (const auto& dataset : datasets) {
      if (auto done = writer.put_dataset(dataset); !done) return done;
    }
    return {};
  }));
}

void FakeCatalogStore::fail_reads(std::optional<core::Error> error) {
  const std::lock_guard lock(mutex_);
  read_error_ = std::move(error);
}

std::map<std::string, std::int64_t> FakeCatalogStore::missed_searches() const {
  const std::lock_guard lock(mutex_);
  return missed_;
}

std::shared_ptr<const CatalogContents> FakeCatalogStore::contents() const {
  const std::lock_guard lock(mutex_);
  return contents_;
}

}  // namespace minato::support
