// The CatalogReader of FakeCatalogStore.
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/fake_catalog_store.h"
#include "support/search_evaluator.h"

namespace minato::support {

class FakeReader final : public storage::CatalogReader {
 public:
  explicit FakeReader(std::shared_ptr<const CatalogContents> contents)
      : contents_(std::move(contents)),
        accounts_(contents_->accounts),
        history_(contents_->history, contents_->datasets, contents_->groups) {}

  [[nodiscard]] std::uint64_t revision() const override { return contents_->revision; }

  core::Result<std::optional<core::Dataset>> dataset(std::string_view id_or_name) override {
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

  core::Result<std::optional<std::string>> dataset_of_resource(
      std::string_view resource_id) override {
    for (const auto& [id, dataset] : contents_->datasets) {
      for (const auto& resource : dataset.resources) {
        if (resource.id == resource_id) return id;
      }
    }
    return std::nullopt;
  }

  core::Result<std::vector<std::string>> dataset_names(std::int64_t offset,
                                                       std::int64_t limit) override {
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

  core::Result<core::SearchResult> search(const core::SearchRequest& request) override {
    return evaluate(*contents_, request);
  }

  core::Result<std::optional<core::Group>> group(core::GroupKind kind,
                                                 std::string_view id_or_name) override {
    for (const auto& [id, group] : contents_->groups) {
      if (group.kind == kind && (id == id_or_name || group.name == id_or_name)) return group;
    }
    return std::nullopt;
  }

  core::Result<std::vector<core::Group>> groups(const storage::GroupListRequest& request) override {
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

  core::Result<std::map<std::string, std::int64_t>> dataset_counts(core::GroupKind kind) override {
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

  core::Result<std::vector<core::Tag>> tags(const storage::TagListRequest& request) override {
    std::map<std::string, core::Tag> by_name;
    for (const auto& [id, tag] : contents_->put_tags) {
      if (request.include_unused && tag.vocabulary_id == request.vocabulary_id &&
          contains_folded(tag.name, request.query)) {
        by_name.emplace(tag.name, tag);
      }
    }
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

  core::Result<std::optional<core::Tag>> tag(std::string_view id_or_name,
                                             std::string_view vocabulary_id) override {
    for (const auto& [id, tag] : contents_->put_tags) {
      const bool named = tag.vocabulary_id == vocabulary_id && tag.name == id_or_name;
      if (id == id_or_name || named) return tag;
    }
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

  core::Result<std::vector<core::Vocabulary>> vocabularies() override {
    std::vector<core::Vocabulary> list;
    for (const auto& [id, vocabulary] : contents_->vocabularies) list.push_back(vocabulary);
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return list;
  }

  core::Result<std::map<std::string, std::int64_t>> formats() override {
    std::map<std::string, std::int64_t> counts;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (!is_public(dataset)) continue;
      for (const auto& resource : dataset.resources) {
        if (!resource.format.empty()) ++counts[resource.format];
      }
    }
    return counts;
  }

  core::Result<std::optional<storage::TableVersion>> table(std::string_view table_id) override {
    for (const auto& version : contents_->tables) {
      if (version.table_id == table_id && contents_->is_current(version)) return version;
    }
    return std::nullopt;
  }
  core::Result<std::vector<storage::TableVersion>> table_versions(
      std::string_view table_id) override {
    std::vector<storage::TableVersion> list;
    for (const auto& version : contents_->tables) {
      if (version.table_id == table_id) list.insert(list.begin(), version);
    }
    return list;
  }
  core::Result<std::vector<storage::TableVersion>> tables_of(
      std::string_view resource_id) override {
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
  core::Result<std::vector<std::string>> resources_with_table() override {
    std::vector<std::string> ids;
    for (const auto& [resource, current] : contents_->current_tables) {
      if (!current.empty()) ids.push_back(resource);
    }
    return ids;
  }
  core::Result<std::optional<storage::TableRefusal>> table_refusal(
      std::string_view resource_id) override {
    for (const auto& refusal : contents_->refusals) {
      if (refusal.resource_id == resource_id) return refusal;
    }
    return std::nullopt;
  }
  core::Result<std::vector<storage::Origin>> origins(std::string_view source) override {
    std::vector<storage::Origin> list;
    for (const auto& origin : contents_->origins) {
      if (origin.source == source) list.push_back(origin);
    }
    return list;
  }
  core::Result<std::optional<storage::Origin>> origin(std::string_view source,
                                                      std::string_view remote_id) override {
    for (const auto& origin : contents_->origins) {
      if (origin.source == source && origin.remote_id == remote_id) return origin;
    }
    return std::nullopt;
  }
  core::Result<std::vector<storage::Origin>> origins_of(std::string_view dataset_id) override {
    std::vector<storage::Origin> list;
    for (const auto& origin : contents_->origins) {
      if (origin.dataset_id == dataset_id) list.push_back(origin);
    }
    return list;
  }
  core::Result<std::optional<storage::SourceConfirmation>> source_confirmation(
      std::string_view source) override {
    const auto found = contents_->confirmations.find(source);
    if (found == contents_->confirmations.end()) return std::nullopt;
    return found->second;
  }
  core::Result<std::vector<storage::FieldOwner>> field_owners(
      std::string_view dataset_id) override {
    const auto found = contents_->owners.find(dataset_id);
    return found == contents_->owners.end() ? std::vector<storage::FieldOwner>{} : found->second;
  }

  core::Result<std::optional<storage::TableDefinition>> table_definition(
      std::string_view resource_id) override {
    const auto found = contents_->definitions.find(resource_id);
    if (found == contents_->definitions.end()) return std::nullopt;
    return found->second;
  }
  core::Result<std::optional<std::string>> resource_of_alias(std::string_view alias) override {
    for (const auto& [id, definition] : contents_->definitions) {
      const auto& names = definition.aliases;
      if (std::find(names.begin(), names.end(), alias) != names.end()) return id;
    }
    return std::nullopt;
  }
  core::Result<std::vector<std::string>> datasets_due(core::Timestamp now) override {
    std::vector<std::pair<core::Timestamp, std::string>> due;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (dataset.state == core::State::kDraft && dataset.publish_at &&
          *dataset.publish_at <= now) {
        due.emplace_back(*dataset.publish_at, id);
      }
    }
    std::sort(due.begin(), due.end());
    std::vector<std::string> ids;
    for (auto& [time, id] : due) ids.push_back(std::move(id));
    return ids;
  }
  core::Result<std::vector<std::string>> resources_to_import() override {
    std::set<std::string> waiting;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (dataset.state == core::State::kDeleted) continue;
      for (const auto& resource : dataset.resources) {
        if (resource.state == core::State::kActive && !resource.blob.empty() &&
            blob_of_table(resource.id) != resource.blob) {
          waiting.insert(resource.id);
        }
      }
    }
    return std::vector<std::string>(waiting.begin(), waiting.end());
  }
  core::Result<std::vector<std::string>> datasets_in(std::string_view group_id) override {
    std::vector<std::string> ids;
    for (const auto& [id, dataset] : contents_->datasets) {
      if (dataset.state != core::State::kDeleted && belongs(dataset, group_id)) ids.push_back(id);
    }
    return ids;
  }
  storage::AccountReader& accounts() override { return accounts_; }
  storage::HistoryReader& history() override { return history_; }

  core::Result<std::vector<MissedSearch>> missed_searches(std::int64_t) override {
    return std::vector<MissedSearch>{};
  }

 private:
  static bool is_public(const core::Dataset& dataset) {
    return dataset.state == core::State::kActive && !dataset.is_private;
  }
  static bool belongs(const core::Dataset& dataset, std::string_view group_id) {
    return dataset.owner_org == group_id || std::find(dataset.groups.begin(), dataset.groups.end(),
                                                      group_id) != dataset.groups.end();
  }
  static bool contains_folded(std::string_view text, std::string_view query) {
    return lower_ascii(text).find(lower_ascii(query)) != std::string::npos;
  }
  [[nodiscard]] std::string blob_of_table(const std::string& resource_id) const {
    for (const auto& version : contents_->tables) {
      if (version.resource_id == resource_id && version.part == 1 &&
          contents_->is_current(version)) {
        return version.blob;
      }
    }
    return {};
  }

  std::shared_ptr<const CatalogContents> contents_;
  FakeAccountReader accounts_;
  FakeHistoryReader history_;
};

}  // namespace minato::support
