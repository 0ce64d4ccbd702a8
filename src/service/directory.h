// The organizations, groups and vocabularies of the catalogue at one revision, and which resources
// have a table: small, read by nearly every request, and changed rarely, so they are kept in
// memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "storage/catalog_store.h"

namespace minato::service {

// Immutable once loaded; share it between threads as shared_ptr<const Directory>.
class Directory {
 public:
  // Fails as the reader fails.
  static core::Result<Directory> load(storage::CatalogReader& reader);

  [[nodiscard]] std::uint64_t revision() const { return revision_; }
  // The active ones, by title.
  [[nodiscard]] const std::vector<core::Group>& groups(core::GroupKind kind) const;
  // An active one by id or name; nullptr when there is none of that kind. Valid as long as this
  // lives.
  [[nodiscard]] const core::Group* find(core::GroupKind kind, std::string_view id_or_name) const;
  // Active public datasets in it (0 when it has none).
  [[nodiscard]] std::int64_t dataset_count(std::string_view group_id) const;

  [[nodiscard]] bool has_table(std::string_view resource_id) const {
    return std::binary_search(tables_.begin(), tables_.end(), resource_id);
  }
  // Their ids, sorted; those of hidden datasets too.
  [[nodiscard]] const std::vector<std::string>& resources_with_table() const { return tables_; }

  // By name.
  [[nodiscard]] const std::vector<core::Vocabulary>& vocabularies() const { return vocabularies_; }
  [[nodiscard]] const core::Vocabulary* vocabulary(std::string_view id_or_name) const;

 private:
  struct Kind {
    std::vector<core::Group> list;
    std::map<std::string, std::size_t, std::less<>> places;  // by id and by name; an id wins
  };
  core::Result<void> load_kind(storage::CatalogReader& reader, core::GroupKind kind);
  [[nodiscard]] const Kind& of(core::GroupKind kind) const;

  std::uint64_t revision_ = 0;
  Kind organizations_;
  Kind groups_;
  std::map<std::string, std::int64_t, std::less<>> counts_;
  std::vector<core::Vocabulary> vocabularies_;
  std::vector<std::string> tables_;  // ids of resources, sorted: there may be ten thousands
};

}  // namespace minato::service
