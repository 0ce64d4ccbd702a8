#include "support/fake_blob_store.h"

#include <sys/mman.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <iterator>

namespace minato::support {

core::Result<storage::BlobInfo> FakeBlobStore::put_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return core::fail_internal("cannot read " + path);
  return put_bytes(std::string(std::istreambuf_iterator<char>(file), {}));
}

core::Result<storage::BlobInfo> FakeBlobStore::take_file(const std::string& path) {
  auto info = put_file(path);
  if (info) ::unlink(path.c_str());
  return info;
}

core::Result<storage::BlobInfo> FakeBlobStore::put_bytes(std::string_view bytes) {
  std::string name = std::to_string(std::hash<std::string_view>{}(bytes));
  name.insert(0, 64 - name.size(), '0');
  const std::lock_guard lock(mutex_);
  blobs_[name] = bytes;
  return storage::BlobInfo{name, bytes.size()};
}

core::Result<int> FakeBlobStore::open(std::string_view sha256) {
  const std::lock_guard lock(mutex_);
  const auto found = blobs_.find(sha256);
  if (found == blobs_.end()) {
    return core::fail(core::ErrorCode::kNotFound, "blob-not-found",
                      {"ファイルがありません。", "No such file."});
  }
  const int descriptor = ::memfd_create("blob", MFD_CLOEXEC);
  if (descriptor < 0) return core::fail_internal("memfd_create");
  if (::pwrite(descriptor, found->second.data(), found->second.size(), 0) !=
      static_cast<ssize_t>(found->second.size())) {
    ::close(descriptor);
    return core::fail_internal("pwrite");
  }
  return descriptor;
}

}  // namespace minato::support
