// A harvested file becomes a version of its resource: bytes kept, resource updated, table loaded.
#pragma once

#include <optional>
#include <string>

#include "core/dataset.h"
#include "core/error.h"
#include "service/table_import.h"

namespace minato::service {

struct FetchedFile {
  std::string path;  // where the bytes are; moved or copied from there
  std::string sha256;
  std::string source;                            // Origin::source of the resource's dataset
  std::string media_type;                        // as the server said; may be empty or wrong
  std::string file_name;                         // ditto
  std::optional<core::Timestamp> last_modified;  // as the server said
};

struct FileOutcome {
  bool changed = false;  // other bytes than before
  ImportOutcome import;
};

// Keeps the bytes, and in one catalogue transaction writes blob, hash, size, last_modified (and the
// format that the content shows, when the resource names none or a wrong one; the raw one is kept)
// into the resource and into its Origin, so that the next merge does not take them for edits of
// staff. Then import_resource(). A resource that staff gave another file, or that is gone, is left
// alone (kConflict "harvest-file-superseded").
core::Result<FileOutcome> publish_harvested_file(const std::string& dataset_id,
                                                 const std::string& resource_id,
                                                 const FetchedFile& file,
                                                 const ImportTarget& target);

// Whether the file behind the resource is worth fetching for its rows: by format, media type and
// the ending of its URL (CSV, TSV, XLSX, XLS, ZIP or gzip of these, or unknown). PDF, HTML, images,
// maps and services are not.
bool is_tabular_candidate(const core::Resource& resource);

}  // namespace minato::service
