// BlobStore as files: FOLDER/ab/cdef..., named after the SHA-256 of their bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "storage/blob_store.h"

namespace minato::storage::files {

class BlobDraft;

// Several processes may use the same folder.
class FileBlobStore final : public BlobStore {
 public:
  // Creates the folder when it is missing and removes what crashed processes left half written.
  // "blob-dir-invalid" when it cannot be used.
  static core::Result<std::unique_ptr<FileBlobStore>> open(const std::string& folder);

  // "blob-source-unreadable" when `path` is no readable regular file.
  core::Result<BlobInfo> put_file(const std::string& path) override;
  core::Result<BlobInfo> take_file(const std::string& path) override;
  core::Result<BlobInfo> put_bytes(std::string_view bytes) override;
  // "blob-hash-invalid" for anything but 64 lower-case hex digits; "blob-not-found".
  core::Result<int> open(std::string_view sha256) override;

 private:
  explicit FileBlobStore(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::string path_of(std::string_view sha256) const;
  core::Result<BlobInfo> keep(BlobDraft& draft);
  // Where a file of that hash goes; makes the folder there.
  core::Result<std::string> make_place(const std::string& sha256) const;

  std::string folder_;
};

}  // namespace minato::storage::files
