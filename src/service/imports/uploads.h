// Large files that arrive in parts and go on after a broken connection or a restart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/caller.h"
#include "core/error.h"
#include "core/time.h"
#include "service/imports/upload_file.h"
#include "storage/blob_store.h"
#include "storage/push_store.h"

namespace minato::service {

struct UploadOptions {
  std::string folder;  // DATA_DIR/uploads, made when missing
  std::int64_t max_bytes = std::int64_t{2} << 30;
  std::int64_t max_open_per_user = 20;
  std::int64_t expire_hours = 48;
};

struct NewUpload {
  std::string file_name;  // as the client names it; the last part of a path is kept
  std::string media_type;
  std::int64_t size = 0;  // bytes of the whole
  std::string sha256;     // of the whole; empty: not checked
};

// A file that is whole and in the blob store.
struct StoredFile {
  std::string blob;  // SHA-256 (hex)
  std::int64_t bytes = 0;
  std::string file_name;
  std::string media_type;  // by content and name; the client's word only when they say nothing
};

// Thread-safe; memory does not grow with the file.
class Uploads {
 public:
  Uploads(storage::PushStore& store, storage::BlobStore& blobs, const core::Clock& clock,
          UploadOptions options);

  [[nodiscard]] const UploadOptions& options() const { return options_; }
  // kTooLarge "upload-too-large", kRateLimited "too-many-uploads", kInvalidArgument
  // "file-name-invalid".
  core::Result<storage::Upload> begin(const NewUpload& wanted, const core::Caller& caller);
  // Only its owner (and sysadmins) see it: else kNotFound "upload-not-found".
  core::Result<storage::Upload> find(std::string_view id, const core::Caller& caller);
  // Appends at `offset`, which must be where the upload stands: else kConflict
  // "upload-offset-mismatch" (the message gives the right one). The same part again, wholly before
  // it, is no error when its bytes are the same. `sha256` of the part (hex; empty: unchecked): else
  // kInvalidArgument "checksum-mismatch" and nothing is kept. Durable when it returns.
  // kInsufficientStorage "storage-full".
  core::Result<storage::Upload> append(std::string_view id, std::int64_t offset,
                                       const PartBytes& part, std::string_view sha256,
                                       const core::Caller& caller);
  // The whole is there and right: moves it into the blob store. Twice is no error.
  // kConflict "upload-incomplete", kInvalidArgument "checksum-mismatch".
  core::Result<StoredFile> complete(std::string_view id, const core::Caller& caller);
  core::Result<void> abort(std::string_view id, const core::Caller& caller);
  // A small file in one request.
  core::Result<StoredFile> store(const NewUpload& file, const PartBytes& bytes);
  // Called every hour.
  core::Result<void> remove_expired();

 private:
  struct Locked {
    storage::Upload upload;
    UploadFile file;  // not open: it was moved away
  };
  [[nodiscard]] std::string path_of(std::string_view id) const;
  [[nodiscard]] core::Result<NewUpload> checked(const NewUpload& wanted) const;
  core::Result<Locked> lock(std::string_view id, const core::Caller& caller);
  core::Result<storage::Upload> appended(Locked& locked, const PartBytes& part,
                                         const std::string& hash);
  core::Result<storage::Upload> repeated(const Locked& locked, std::int64_t offset,
                                         const PartBytes& part);
  core::Result<void> remove_leftovers();

  storage::PushStore& store_;
  storage::BlobStore& blobs_;
  const core::Clock& clock_;
  UploadOptions options_;
};

// The last part of a path (of Windows or Unix); control characters and those that turn the
// direction of writing are dropped, nothing else is changed. kInvalidArgument "file-name-invalid":
// a NUL, no UTF-8, nothing left, or more than 255 bytes.
core::Result<std::string> safe_file_name(std::string_view name);

}  // namespace minato::service
