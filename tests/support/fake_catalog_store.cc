#include "support/fake_catalog_store.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "support/search_evaluator.h"

namespace minato::support {
namespace {

using core::Result;

bool is_public(const core::Dataset& dataset) {
  return dataset.state == core::State::kActive && !dataset.is_private;
}

bool contains_folded(std::string_view text, std::string_view query) {
  return lower_ascii(text).find(lower_ascii(query)) != std::string::npos;
}

class FakeReader final : public storage::CatalogReader {
 public:
  explicit FakeReader(std::shared_ptr<const CatalogContents> contents)
      : contents_(std::move(contents)) {}

  [[nodiscard]] std::uint64_t revision() const override { return contents_->revision; }

  Result<std::optional<core::Dataset>> dataset(std::string_view id_or_name) override {
    const auto by_id = contents_->datasets.find(std::string(id_or_name));
    if (by_id != contents_->datasets.end()) return by_id->second;
    std::optional<core::Dataset> dead;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (dataset.name != id_or_name) continue;
      if (dataset.state != core::State::kDeleted) return dataset;
      dead = dataset;
    }
    return dead;
  }

  Result<std::optional<std::string>> dataset_of_resource(std::string_view resource_id) override {
    for (const auto& [id, dataset] : contents_->datasets) {
      for (const auto& resource : dataset.resources) {
        if (resource.id == resource_id) return id;
      }
    }
    return std::nullopt;
  }

  Result<std::vector<std::string>> dataset_names(std::int64_t offset, std::int64_t limit) override {
    std::set<std::string> names;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (is_public(dataset)) names.insert(dataset.name);
    }
    std::vector<std::string> page;
    std::int64_t place = 0;
    for (const auto& name : names) {
      if (place >= offset && place - offset < limit) page.push_back(name);
      ++place;
    }
    return page;
  }

  Result<core::SearchResult> search(const core::SearchRequest& request) override {
    return evaluate(*contents_, request);
  }

  Result<std::optional<core::Group>> group(core::GroupKind kind,
                                           std::string_view id_or_name) override {
    for (const auto& [id, group] : contents_->groups) {
      if (group.kind == kind && (id == id_or_name || group.name == id_or_name)) return group;
    }
    return std::nullopt;
  }

  Result<std::vector<core::Group>> groups(const storage::GroupListRequest& request) override {
    std::vector<core::Group> list;
    for (const auto& [id, group] : contents_->groups) {
      const bool named =
          request.names.empty() ||
          std::find(request.names.begin(), request.names.end(), group.name) != request.names.end();
      if (group.kind == request.kind && named &&
          (contains_folded(group.name, request.query) ||
           contains_folded(group.title, request.query) ||
           contains_folded(group.title_kana, request.query) ||
           contains_folded(group.title_en, request.query))) {
        list.push_back(group);
      }
    }
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.title < b.title; });
    return list;
  }

  Result<std::map<std::string, std::int64_t>> dataset_counts(core::GroupKind kind) override {
    std::map<std::string, std::int64_t> counts;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (!is_public(dataset)) continue;
      if (kind == core::GroupKind::kOrganization) {
        if (!dataset.owner_org.empty()) ++counts[dataset.owner_org];
      } else {
        for (const auto& group : dataset.groups) ++counts[group];
      }
    }
    return counts;
  }

  Result<std::vector<core::Tag>> tags(const storage::TagListRequest& request) override {
    std::map<std::string, core::Tag> by_name;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (!is_public(dataset)) continue;
      for (const auto& tag : dataset.tags) {
        if (tag.vocabulary_id == request.vocabulary_id &&
            contains_folded(tag.name, request.query)) {
          by_name.emplace(tag.name, tag);
        }
      }
    }
    std::vector<core::Tag> tags;
    for (auto& [name, tag] : by_name) tags.push_back(tag);
    return tags;
  }

  Result<std::optional<core::Tag>> tag(std::string_view id_or_name,
                                       std::string_view vocabulary_id) override {
    for (const auto& [id, dataset] : contents_->datasets) {
      for (const auto& tag : dataset.tags) {
        if (tag.vocabulary_id == vocabulary_id &&
            (tag.id == id_or_name || tag.name == id_or_name)) {
          return tag;
        }
      }
    }
    return std::nullopt;
  }

  Result<std::vector<core::Vocabulary>> vocabularies() override {
    std::vector<core::Vocabulary> list;
    for (const auto& [id, vocabulary] : contents_->vocabularies) list.push_back(vocabulary);
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return list;
  }

  Result<std::map<std::string, std::int64_t>> formats() override {
    std::map<std::string, std::int64_t> counts;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (!is_public(dataset)) continue;
      for (const auto& resource : dataset.resources) {
        if (!resource.format.empty()) ++counts[resource.format];
      }
    }
    return counts;
  }

  Result<std::optional<storage::TableVersion>> table(std::string_view table_id) override {
    for (const auto& version : contents_->tables) {
      if (version.table_id == table_id && contents_->is_current(version)) return version;
    }
    return std::nullopt;
  }
  Result<std::vector<storage::TableVersion>> table_versions(std::string_view table_id) override {
    std::vector<storage::TableVersion> list;
    for (const auto& version : contents_->tables) {
      if (version.table_id == table_id) list.insert(list.begin(), version);
    }
    return list;
  }
  Result<std::vector<storage::TableVersion>> tables_of(std::string_view resource_id) override {
    std::vector<storage::TableVersion> list;
    for (const auto& version : contents_->tables) {
      if (version.resource_id == resource_id && contents_->is_current(version)) {
        list.push_back(version);
      }
    }
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.part < b.part; });
    return list;
  }
  Result<std::vector<std::string>> resources_with_table() override {
    std::vector<std::string> ids;
    for (const auto& [resource, current] : contents_->current_tables) {
      if (!current.empty()) ids.push_back(resource);
    }
    return ids;
  }
  Result<std::optional<storage::TableRefusal>> table_refusal(
      std::string_view resource_id) override {
    for (const auto& refusal : contents_->refusals) {
      if (refusal.resource_id == resource_id) return refusal;
    }
    return std::nullopt;
  }
  Result<std::vector<storage::Origin>> origins(std::string_view source) override {
    std::vector<storage::Origin> list;
    for (const auto& origin : contents_->origins) {
      if (origin.source == source) list.push_back(origin);
    }
    return list;
  }
  Result<std::optional<storage::Origin>> origin(std::string_view source,
                                                std::string_view remote_id) override {
    for (const auto& origin : contents_->origins) {
      if (origin.source == source && origin.remote_id == remote_id) return origin;
    }
    return std::nullopt;
  }
  Result<std::vector<storage::Origin>> origins_of(std::string_view dataset_id) override {
    std::vector<storage::Origin> list;
    for (const auto& origin : contents_->origins) {
      if (origin.dataset_id == dataset_id) list.push_back(origin);
    }
    return list;
  }
  Result<std::optional<storage::SourceConfirmation>> source_confirmation(
      std::string_view source) override {
    const auto found = contents_->confirmations.find(source);
    if (found == contents_->confirmations.end()) return std::nullopt;
    return found->second;
  }
  Result<std::vector<storage::FieldOwner>> field_owners(std::string_view dataset_id) override {
    const auto found = contents_->owners.find(dataset_id);
    return found == contents_->owners.end() ? std::vector<storage::FieldOwner>{} : found->second;
  }

  Result<std::vector<MissedSearch>> missed_searches(std::int64_t) override {
    return std::vector<MissedSearch>{};
  }

 private:
  std::shared_ptr<const CatalogContents> contents_;
};

tl::unexpected<core::Error> name_taken(const std::string& name) {
  return core::fail(
      core::ErrorCode::kConflict, "name-taken",
      {"名前「" + name + "」は既に使われています。", "The name " + name + " is taken."});
}

class FakeWriter final : public storage::CatalogWriter {
 public:
  // What the reader sees is the same object that the puts change.
  explicit FakeWriter(std::shared_ptr<CatalogContents> contents)
      : contents_(std::move(contents)), reader_(contents_) {}

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
    contents_->datasets.erase(std::string(id));
    return {};
  }

  Result<void> put_group(const core::Group& group) override {
    for (const auto& [id, other] : contents_->groups) {
      if (id != group.id && other.name == group.name) return name_taken(group.name);
    }
    contents_->groups[group.id] = group;
    return {};
  }

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
  std::shared_ptr<CatalogContents> contents_;
  FakeReader reader_;
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
