// Bytes of files, content-addressed by SHA-256. An engine of its own because files are big and
// never change: the catalogue only names them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::storage {

struct BlobInfo {
  std::string sha256;  // 64 hex digits, lower case
  std::uint64_t size = 0;
};

// Thread-safe.
class BlobStore {
 public:
  virtual ~BlobStore() = default;
  // Copies a file in. Durable (fsync of file and folder) when it returns. Storing the same bytes
  // twice is not an error.
  virtual core::Result<BlobInfo> put_file(const std::string& path) = 0;
  // The same, and `path` is gone afterwards: moved, not copied, when it is on the same file system.
  // On failure it is still there.
  virtual core::Result<BlobInfo> take_file(const std::string& path) = 0;
  virtual core::Result<BlobInfo> put_bytes(std::string_view bytes) = 0;
  // An open read-only descriptor, owned by the caller; kNotFound when we don't keep it.
  virtual core::Result<int> open(std::string_view sha256) = 0;
};

}  // namespace minato::storage
