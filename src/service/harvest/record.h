// One remote record against the catalogue: what becomes of it, and with a writer, making it so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/dataset_merge.h"
#include "service/harvest/batch.h"
#include "service/harvest/dataset_names.h"
#include "service/harvest/identity.h"

namespace minato::service {

class RecordImport {
 public:
  // With writer == nullptr only `item.result`, `is_new` and `wants_write` are filled.
  // REQUIRES: `reader` is that of the writer when there is one.
  RecordImport(const ImportBatch& batch, const Identities& identities,
               storage::CatalogReader& reader, storage::CatalogWriter* writer)
      : batch_(batch),
        identities_(identities),
        reader_(reader),
        writer_(writer),
        names_(batch.source().organization, reader) {}

  // What the record is to blame for becomes kErrored; fails as the store fails.
  core::Result<void> run(ImportItem& item);

 private:
  // Where the catalogue has it.
  struct Place {
    std::optional<storage::Origin> origin;
    std::optional<core::Dataset> current;
    std::string dataset_id;
    bool has_moved = false;  // the origin still stands, or lately stood, under the old remote id

    [[nodiscard]] bool is_gone() const {
      return !current || current->state == core::State::kDeleted;
    }
    [[nodiscard]] bool has_vanished() const { return origin && origin->hash == kVanished; }
  };

  core::Result<Place> find_place(const ImportItem& item);
  core::Result<void> leave_removed(ImportItem& item, const Place& place);
  core::Result<void> leave_unchanged(ImportItem& item, const Place& place);
  core::Result<void> update(ImportItem& item, const Place& place);
  core::Result<void> create(ImportItem& item, const Place& place, core::Dataset theirs);
  core::Result<void> merge(ImportItem& item, const Place& place,
                           const std::optional<core::Dataset>& base, core::Dataset theirs);

  // As the source says it now: ids, name, owner, kept files.
  core::Result<core::Dataset> finished(const ImportItem& item, const Place& place,
                                       const std::optional<core::Dataset>& base);
  core::Result<void> keep_for_staff(ImportItem& item, const std::vector<storage::FieldOwner>& known,
                                    const KeptFields& kept);
  core::Result<void> put(ImportItem& item, const Place& place, const core::Dataset* dataset,
                         storage::Origin origin);
  core::Result<void> put_origin(const Place& place, const storage::Origin& origin);
  [[nodiscard]] storage::Origin origin_of(const ImportItem& item, const Place& place,
                                          const core::Dataset& theirs) const;

  const ImportBatch& batch_;
  const Identities& identities_;
  storage::CatalogReader& reader_;
  storage::CatalogWriter* writer_;
  DatasetNames names_;
};

}  // namespace minato::service
