// Everything that a data directory holds: catalog.db, blobs/, tables/, harvest.db and push.db.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "storage/blob_store.h"
#include "storage/catalog_store.h"
#include "storage/harvest_store.h"
#include "storage/push_store.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite {

struct StorageOptions {
  int max_readers = 4;
  int reader_cache_kib = 8192;  // page cache per reader
  // Gets the result of the integrity check that runs in the background after the start: what is
  // wrong, one sentence each; empty: sound. Called once, on a thread of the store; not set: no
  // check.
  std::function<void(const core::Result<std::vector<std::string>>&)> on_checked;
};

struct Storage {
  std::unique_ptr<CatalogStore> catalog;
  std::unique_ptr<BlobStore> blobs;
  std::unique_ptr<TableStore> tables;
  std::unique_ptr<HarvestStore> harvest;
  std::unique_ptr<PushStore> push;
};

// Opens the data directory, and creates it when it is missing. Locks nothing exclusively: other
// processes may have it open and write to it. What it refuses it leaves as it is.
core::Result<Storage> open_storage(const std::string& data_dir, const StorageOptions& options);

// What is wrong with the catalogue of the data directory, and with harvest.db and push.db when they
// are there; empty: sound. Reads all of it and changes nothing; a server may be running on it.
core::Result<std::vector<std::string>> verify_storage(const std::string& data_dir);

}  // namespace minato::storage::sqlite
