#include "storage/files/blob_draft.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace minato::storage::files {

core::Error file_error(const std::string& call, const std::string& path, int error) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  auto failure = full ? core::fail(core::ErrorCode::kInsufficientStorage, "storage-full",
                                   {"保存先の空き容量が足りません。",
                                    "The disk of the data directory is full."},
                                   {"データフォルダーのディスクの空き容量を増やしてください。",
                                    "Free space on the disk of the data directory."})
                      : core::fail(core::ErrorCode::kUnavailable, "storage-io",
                                   {"データフォルダーのファイルの読み書きに失敗しました。",
                                    "Reading or writing a file of the data directory failed."},
                                   {"ディスクの状態とデータフォルダーの権限を確認してください。",
                                    "Check the disk and the permissions of the data directory."});
  failure.value().internal = call + " " + path + ": " + std::strerror(error);
  return std::move(failure.value());
}

core::Result<void> sync_folder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected(file_error("open", folder, errno));
  const int failed = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  if (failed != 0) return tl::unexpected(file_error("fsync", folder, failed));
  return {};
}

BlobDraft::BlobDraft(const std::string& folder) : path_(folder + "/draft-XXXXXX") {}

BlobDraft::~BlobDraft() {
  if (fd_ < 0) return;
  close(fd_);
  if (!path_.empty()) unlink(path_.c_str());
}

core::Result<void> BlobDraft::create() {
  fd_ = mkostemp(path_.data(), O_CLOEXEC);
  if (fd_ < 0) return tl::unexpected(file_error("mkostemp", path_, errno));
  // mkostemp gives 0600.
  if (fchmod(fd_, kBlobMode) != 0) return tl::unexpected(file_error("fchmod", path_, errno));
  return {};
}

core::Result<void> BlobDraft::append(std::string_view bytes) {
  hash_.add(bytes);
  size_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(file_error("write", path_, errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

core::Result<BlobInfo> BlobDraft::finish() {
  if (fsync(fd_) != 0) return tl::unexpected(file_error("fsync", path_, errno));
  return BlobInfo{hash_.hex(), size_};
}

core::Result<void> BlobDraft::keep_as(const std::string& path) {
  if (rename(path_.c_str(), path.c_str()) != 0) {
    return tl::unexpected(file_error("rename", path, errno));
  }
  path_.clear();
  return {};
}

}  // namespace minato::storage::files
