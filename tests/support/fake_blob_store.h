// A BlobStore in memory; descriptors are those of memfd_create.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "storage/blob_store.h"

namespace minato::support {

// Thread-safe. Names bytes by a made-up 64 digit number, not by their SHA-256.
class FakeBlobStore final : public storage::BlobStore {
 public:
  core::Result<storage::BlobInfo> put_file(const std::string& path) override;
  core::Result<storage::BlobInfo> take_file(const std::string& path) override;
  core::Result<storage::BlobInfo> put_bytes(std::string_view bytes) override;
  core::Result<int> open(std::string_view sha256) override;

 private:
  std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> blobs_;
};

}  // namespace minato::support
