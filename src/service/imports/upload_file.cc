#include "service/imports/upload_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <thread>
#include <utility>

#include "core/sha256.h"

namespace minato::service {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::int64_t kStep = 256 * 1024;
constexpr std::chrono::seconds kLockPatience{20};
constexpr std::chrono::milliseconds kLockPause{10};

using Visit = std::function<Result<void>(std::string_view)>;

tl::unexpected<core::Error> truncated(std::int64_t wanted, std::int64_t got) {
  return core::fail(
      ErrorCode::kInvalidArgument, "upload-part-truncated",
      {"送られたデータが途中で切れています（" + std::to_string(wanted) + " バイトのうち " +
           std::to_string(got) + " バイト）。",
       "The part is cut off: " + std::to_string(got) + " of " + std::to_string(wanted) + " bytes."},
      {"同じ位置からもう一度送ってください。", "Send it again from the same offset."});
}

// `size` bytes of a file from `begin` on.
Result<void> each_piece(int fd, std::int64_t begin, std::int64_t size, const Visit& visit) {
  std::string buffer(static_cast<std::size_t>(std::min(kStep, std::max<std::int64_t>(size, 1))),
                     '\0');
  for (std::int64_t done = 0; done < size;) {
    const auto wanted = static_cast<std::size_t>(std::min(size - done, kStep));
    const ssize_t got = ::pread(fd, buffer.data(), wanted, begin + done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(upload_file_error("pread", "", errno));
    if (got == 0) return truncated(size, done);
    const auto piece = std::string_view(buffer).substr(0, static_cast<std::size_t>(got));
    if (auto visited = visit(piece); !visited) return visited;
    done += got;
  }
  return {};
}

Result<void> each_piece(const PartBytes& part, const Visit& visit) {
  if (part.fd >= 0) return each_piece(part.fd, part.offset, part.size, visit);
  if (static_cast<std::int64_t>(part.memory.size()) < part.size) {
    return truncated(part.size, static_cast<std::int64_t>(part.memory.size()));
  }
  return visit(part.memory.substr(0, static_cast<std::size_t>(part.size)));
}

// 0, or errno.
int write_all(int fd, std::string_view bytes, std::int64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return EIO;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
  return 0;
}

int sync_folder_of(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/'));
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno;
  const int failed = ::fsync(fd) == 0 ? 0 : errno;
  ::close(fd);
  return failed;
}

}  // namespace

core::Error upload_file_error(const std::string& call, const std::string& path, int error) {
  // EFBIG: a limit on the size of files (RLIMIT_FSIZE, the file system's own).
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  auto failure =
      full ? core::fail(
                 ErrorCode::kInsufficientStorage, "storage-full",
                 {"保存先の空き容量が足りません。", "The disk of the data directory is full."},
                 {"運用者に知らせ、空きができてから同じ位置から続けてください。",
                  "Tell the operator; go on from the same offset when there is space again."})
           : core::fail(ErrorCode::kUnavailable, "storage-io",
                        {"データフォルダーのファイルの読み書きに失敗しました。",
                         "Reading or writing a file of the data directory failed."},
                        {"ディスクの状態とデータフォルダーの権限を確認してください。",
                         "Check the disk and the permissions of the data directory."});
  failure.value().internal = call + " " + path + ": " + std::strerror(error);
  return std::move(failure.value());
}

UploadFile::~UploadFile() {
  if (fd_ >= 0) ::close(fd_);
}

UploadFile::UploadFile(UploadFile&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}

Result<UploadFile> UploadFile::create(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (fd < 0) return tl::unexpected(upload_file_error("open", path, errno));
  UploadFile file(path, fd);
  if (::flock(fd, LOCK_EX) != 0) return tl::unexpected(upload_file_error("flock", path, errno));
  if (const int failed = sync_folder_of(path); failed != 0) {
    ::unlink(path.c_str());
    return tl::unexpected(upload_file_error("fsync", path, failed));
  }
  return file;
}

Result<UploadFile> UploadFile::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 && errno == ENOENT) return UploadFile();
  if (fd < 0) return tl::unexpected(upload_file_error("open", path, errno));
  UploadFile file(path, fd);
  if (auto locked = file.lock(); !locked) return tl::unexpected(std::move(locked).error());
  // While we waited it may have been moved into the blob store, or removed.
  struct stat ours {};
  struct stat named {};
  const bool same = ::fstat(fd, &ours) == 0 && ::stat(path.c_str(), &named) == 0 &&
                    ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
  return same ? std::move(file) : UploadFile();
}

// Not the waiting kind of flock(): a request must not wait without end for another one.
Result<void> UploadFile::lock() const {
  const auto until = std::chrono::steady_clock::now() + kLockPatience;
  while (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return tl::unexpected(upload_file_error("flock", path_, errno));
    }
    if (std::chrono::steady_clock::now() >= until) {
      return core::fail(ErrorCode::kConflict, "upload-busy",
                        {"このアップロードは別の要求が処理中です。",
                         "Another request is working on this upload."},
                        {"少し待って、どこまで届いたかを確かめてから続けてください。",
                         "Wait a little, ask how far it is, and go on from there."});
    }
    std::this_thread::sleep_for(kLockPause);
  }
  return {};
}

Result<std::int64_t> UploadFile::size() const {
  struct stat status {};
  if (::fstat(fd_, &status) != 0) return tl::unexpected(upload_file_error("fstat", path_, errno));
  return status.st_size;
}

Result<void> UploadFile::cut(std::int64_t size) const {
  if (::ftruncate(fd_, size) == 0) return {};
  return tl::unexpected(upload_file_error("ftruncate", path_, errno));
}

Result<std::string> UploadFile::write(std::int64_t offset, const PartBytes& part) const {
  core::Sha256 hash;
  auto written = each_piece(part, [&](std::string_view piece) -> Result<void> {
    hash.add(piece);
    if (const int failed = write_all(fd_, piece, offset); failed != 0) {
      return tl::unexpected(upload_file_error("pwrite", path_, failed));
    }
    offset += static_cast<std::int64_t>(piece.size());
    return {};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  if (::fdatasync(fd_) != 0) return tl::unexpected(upload_file_error("fdatasync", path_, errno));
  return hash.hex();
}

Result<bool> UploadFile::holds(std::int64_t offset, const PartBytes& part) const {
  core::Sha256 ours;
  auto read = each_piece(fd_, offset, part.size, [&](std::string_view piece) -> Result<void> {
    ours.add(piece);
    return {};
  });
  if (!read) return tl::unexpected(std::move(read).error());
  auto theirs = hash_of(part);
  if (!theirs) return tl::unexpected(std::move(theirs).error());
  return ours.hex() == *theirs;
}

Result<std::string> UploadFile::hash() const {
  auto bytes = size();
  if (!bytes) return tl::unexpected(std::move(bytes).error());
  core::Sha256 sum;
  auto read = each_piece(fd_, 0, *bytes, [&](std::string_view piece) -> Result<void> {
    sum.add(piece);
    return {};
  });
  if (!read) return tl::unexpected(std::move(read).error());
  return sum.hex();
}

Result<std::string> hash_of(const PartBytes& part) {
  core::Sha256 sum;
  auto read = each_piece(part, [&](std::string_view piece) -> Result<void> {
    sum.add(piece);
    return {};
  });
  if (!read) return tl::unexpected(std::move(read).error());
  return sum.hex();
}

}  // namespace minato::service
