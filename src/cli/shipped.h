// Loads the folder of shipped datasets at start and tells the operator what happened.
#pragma once

#include <string>

#include "core/error.h"
#include "core/time.h"
#include "storage/blob_store.h"
#include "storage/catalog_store.h"

namespace minato::cli {

// publishers.csv first (it may be absent), then the dataset folders. Faults of single rows and
// folders are logged as warnings; fails when the folder itself or the store cannot be used.
core::Result<void> load_shipped(const std::string& folder, storage::CatalogStore& store,
                                storage::BlobStore& blobs, core::Language language);

}  // namespace minato::cli
