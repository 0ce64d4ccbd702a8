// Bytes on their way into the blob store: a file that has no place yet.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/sha256.h"
#include "storage/blob_store.h"

namespace minato::storage::files {

// Removes its file when it is destroyed before keep_as().
class BlobDraft {
 public:
  explicit BlobDraft(const std::string& folder);
  ~BlobDraft();
  BlobDraft(const BlobDraft&) = delete;
  BlobDraft& operator=(const BlobDraft&) = delete;

  // Must be called first. "storage-full", "storage-io".
  core::Result<void> create();
  core::Result<void> append(std::string_view bytes);
  // Makes the bytes durable; nothing can be appended afterwards.
  core::Result<BlobInfo> finish();
  // Moves the file to its place. REQUIRES: finish() succeeded; the folder of `path` exists.
  core::Result<void> keep_as(const std::string& path);

 private:
  std::string path_;
  int fd_ = -1;
  core::Sha256 hash_;
  std::uint64_t size_ = 0;
};

// Of files: a backup or web server of the same group may read what is published anyway.
inline constexpr unsigned kBlobMode = 0640;

// The Error for a failed call on a file of the store.
core::Error file_error(const std::string& call, const std::string& path, int error);
// Makes the names in a folder durable.
core::Result<void> sync_folder(const std::string& folder);

}  // namespace minato::storage::files
