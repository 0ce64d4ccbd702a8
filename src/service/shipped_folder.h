// One folder of datasets/: dataset.json, the data files it names and their Table Schemas.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "formats/schema_validator.h"

namespace minato::service {

struct ShippedFile {
  std::size_t resource = 0;  // index into ShippedFolder::dataset.resources
  std::filesystem::path path;
};

struct ShippedFolder {
  // Ids are final; owner_org and groups still hold names. Resources know size, hash and columns of
  // their files but no blob yet.
  core::Dataset dataset;
  std::vector<ShippedFile> files;
  std::string hash;  // of everything that was read
};

// An error, and the file of the folder it is about.
struct ShippedFault {
  std::string file;  // "dataset.json", "data.csv"; empty: the folder itself
  core::Error error;
};

// Reads and checks the folder against dataset.schema.json, our vocabularies and naming rules.
// Everything wrong with one file is told at once, as details with a JSON Pointer.
tl::expected<ShippedFolder, ShippedFault> read_shipped_folder(
    const std::filesystem::path& folder, const formats::SchemaValidator& schema);

}  // namespace minato::service
