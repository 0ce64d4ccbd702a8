// The bytes of an upload under way: one file, locked by whoever works on it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::service {

// Bytes of one part: a descriptor to read `size` bytes from, at `offset`, or memory.
struct PartBytes {
  int fd = -1;
  std::string_view memory;
  std::int64_t size = 0;
  std::int64_t offset = 0;  // in the file of the descriptor
};

// "storage-full" (kInsufficientStorage) or "storage-io" (kUnavailable) for a failed call.
core::Error upload_file_error(const std::string& call, const std::string& path, int error);

// Not thread-safe; the lock (flock) is this object's, also against others of the same process.
class UploadFile {
 public:
  UploadFile() = default;
  ~UploadFile();
  UploadFile(UploadFile&& other) noexcept;
  UploadFile& operator=(UploadFile&&) = delete;

  // Makes it, empty and locked; its name is durable. REQUIRES: nothing has that name.
  static core::Result<UploadFile> create(const std::string& path);
  // Opens and locks it. Waits while somebody else works on it, some seconds: kConflict
  // "upload-busy". An object that is not open: there is no such file (any more).
  static core::Result<UploadFile> open(const std::string& path);

  // Takes the descriptor over, without a lock: for holds() and hash().
  static UploadFile reading(int fd) { return UploadFile("", fd); }

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] core::Result<std::int64_t> size() const;
  core::Result<void> cut(std::int64_t size) const;
  // Writes the part at `offset` and makes it durable; its SHA-256. On failure the file may be
  // longer than before. kInvalidArgument "upload-part-truncated": the part holds less than it says.
  core::Result<std::string> write(std::int64_t offset, const PartBytes& part) const;
  // True when these bytes are there already.
  [[nodiscard]] core::Result<bool> holds(std::int64_t offset, const PartBytes& part) const;
  // SHA-256 of all of it.
  [[nodiscard]] core::Result<std::string> hash() const;

 private:
  explicit UploadFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  core::Result<void> lock() const;

  std::string path_;
  int fd_ = -1;
};

// Of the whole part; reads it to its end.
core::Result<std::string> hash_of(const PartBytes& part);

}  // namespace minato::service
