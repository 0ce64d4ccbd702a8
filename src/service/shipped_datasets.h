// Loads the folders of datasets/ into the catalogue: on the first start all of them, later what
// changed in them, and never over what staff changed (dataset_merge.h) or removed.
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "core/time.h"
#include "storage/blob_store.h"
#include "storage/catalog_store.h"

namespace minato::service {

struct CatalogTarget {
  storage::CatalogStore& store;
  storage::BlobStore& blobs;
  const core::Clock& clock;
};

// A folder that could not be loaded. The message of the error says what is wrong with `file`, its
// details where (JSON Pointer), its hint what to do.
struct ShippedError {
  std::string folder;
  std::string file;  // empty: the folder itself
  core::Error error;
};

// Fields whose value in the catalogue staff chose; the source's newest word was not taken.
struct KeptByStaff {
  std::string name;
  std::vector<std::string> fields;  // JSON Pointers
};

// Names are those of the folders.
struct ShippedReport {
  std::vector<std::string> created;
  std::vector<std::string> updated;    // the catalogue changed
  std::vector<std::string> unchanged;  // nothing to do
  std::vector<std::string> removed_by_staff;
  std::vector<std::string> vanished;  // in the catalogue, but their folder is gone: left alone
  std::vector<KeptByStaff> kept;
  std::vector<ShippedError> errors;
};

inline constexpr std::size_t kMaxShippedFolders = 10'000;

// `folder` holds one folder per dataset; files and names that begin with a dot are passed over.
// Organizations must be loaded before (publishers.h). One bad folder is one entry in `errors` and
// leaves its dataset as it was. A second run over unchanged folders writes nothing.
// Fails with kNotFound "shipped-folder-missing", kTooLarge "shipped-too-many-folders", or as the
// store fails. One run at a time.
core::Result<ShippedReport> load_shipped_datasets(const std::string& folder,
                                                  const CatalogTarget& target);

}  // namespace minato::service
