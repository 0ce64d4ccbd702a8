#include "storage/files/file_blob_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "storage/files/blob_draft.h"

namespace minato::storage::files {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t kCopyBytes = 256 * 1024;
constexpr std::size_t kHashDigits = 64;
// Nobody takes a day to write a draft; older ones belong to processes that ended.
constexpr auto kDraftLifetime = std::chrono::hours(24);

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

tl::unexpected<core::Error> unreadable(const std::string& path, const std::string& reason) {
  return core::fail(ErrorCode::kInvalidArgument, "blob-source-unreadable",
                    {"ファイル " + path + " を読み込めません（" + reason + "）。",
                     "The file " + path + " cannot be read (" + reason + ")."},
                    {"通常のファイルの場所を指定し、権限を確認してください。",
                     "Name a regular file and check its permissions."});
}

// A descriptor of a regular file; the caller's.
Result<int> open_source(const std::string& path) {
  // Non-blocking: opening a pipe by mistake must not hang.
  File source(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (source.get() < 0) return unreadable(path, std::strerror(errno));
  struct stat status {};
  if (fstat(source.get(), &status) != 0) return unreadable(path, std::strerror(errno));
  if (!S_ISREG(status.st_mode)) return unreadable(path, "not a regular file");
  return source.release();
}

// Gives all bytes to `take`, piece by piece.
template <typename Take>
Result<void> read_all(int source, const std::string& path, Take&& take) {
  std::string buffer(kCopyBytes, '\0');
  while (true) {
    const ssize_t got = ::read(source, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(path, std::strerror(errno));
    if (got == 0) return {};
    const auto bytes = std::string_view(buffer).substr(0, static_cast<std::size_t>(got));
    if (Result<void> taken = take(bytes); !taken) return taken;
  }
}

// Reads the file through and makes it durable as it is.
Result<BlobInfo> hash_and_sync(int source, const std::string& path) {
  core::Sha256 hash;
  BlobInfo info;
  auto read = read_all(source, path, [&](std::string_view bytes) -> Result<void> {
    hash.add(bytes);
    info.size += bytes.size();
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  if (fchmod(source, kBlobMode) != 0) return tl::unexpected(file_error("fchmod", path, errno));
  if (fsync(source) != 0) return tl::unexpected(file_error("fsync", path, errno));
  info.sha256 = hash.hex();
  return info;
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

// 0, or the errno that says why the folder cannot be used.
int prepare_folder(const std::string& folder) {
  if (mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) return errno;
  struct stat status {};
  if (stat(folder.c_str(), &status) != 0) return errno;
  if (!S_ISDIR(status.st_mode)) return ENOTDIR;
  return faccessat(AT_FDCWD, folder.c_str(), R_OK | W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

void remove_old_drafts(const std::string& folder) {
  std::error_code error;
  const auto limit = std::filesystem::file_time_type::clock::now() - kDraftLifetime;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (!entry->path().filename().native().starts_with("draft-")) continue;
    std::error_code gone;
    const auto written = std::filesystem::last_write_time(entry->path(), gone);
    if (!gone && written < limit) std::filesystem::remove(entry->path(), gone);
  }
}

}  // namespace

Result<std::unique_ptr<FileBlobStore>> FileBlobStore::open(const std::string& folder) {
  if (const int error = prepare_folder(folder); error != 0) {
    const std::string reason = std::strerror(error);
    return core::fail(ErrorCode::kUnavailable, "blob-dir-invalid",
                      {"ファイル保存フォルダー " + folder + " を使用できません（" + reason + "）。",
                       "The folder for files " + folder + " cannot be used (" + reason + ")."},
                      {"フォルダーの所有者と書き込み権限を確認してください。",
                       "Check the owner and write permission of the folder."});
  }
  remove_old_drafts(folder);
  return std::unique_ptr<FileBlobStore>(new FileBlobStore(folder));
}

Result<BlobInfo> FileBlobStore::put_file(const std::string& path) {
  const auto opened = open_source(path);
  if (!opened) return tl::unexpected(opened.error());
  const File source(*opened);
  BlobDraft draft(folder_);
  if (auto created = draft.create(); !created) return tl::unexpected(created.error());
  auto copied =
      read_all(source.get(), path, [&](std::string_view bytes) { return draft.append(bytes); });
  if (!copied) return tl::unexpected(copied.error());
  return keep(draft);
}

Result<BlobInfo> FileBlobStore::take_file(const std::string& path) {
  const auto opened = open_source(path);
  if (!opened) return tl::unexpected(opened.error());
  const File source(*opened);
  auto info = hash_and_sync(source.get(), path);
  if (!info) return info;
  const auto place = make_place(info->sha256);
  if (!place) return tl::unexpected(place.error());
  if (rename(path.c_str(), place->c_str()) != 0) {
    if (errno != EXDEV) return tl::unexpected(file_error("rename", *place, errno));
    auto copied = put_file(path);
    if (copied) unlink(path.c_str());
    return copied;
  }
  if (auto synced = sync_folder(folder_of(*place)); !synced) {
    // Not the caller's loss. That the blob has its place already does no harm.
    [[maybe_unused]] const int is_back = link(place->c_str(), path.c_str());
    return tl::unexpected(synced.error());
  }
  return info;
}

Result<BlobInfo> FileBlobStore::put_bytes(std::string_view bytes) {
  BlobDraft draft(folder_);
  if (auto created = draft.create(); !created) return tl::unexpected(created.error());
  if (auto appended = draft.append(bytes); !appended) return tl::unexpected(appended.error());
  return keep(draft);
}

Result<BlobInfo> FileBlobStore::keep(BlobDraft& draft) {
  auto info = draft.finish();
  if (!info) return info;
  const auto place = make_place(info->sha256);
  if (!place) return tl::unexpected(place.error());
  // Also when it is there already: the new copy is known to be whole, and its name gets durable
  // here.
  if (auto kept = draft.keep_as(*place); !kept) return tl::unexpected(kept.error());
  if (auto synced = sync_folder(folder_of(*place)); !synced) {
    return tl::unexpected(synced.error());
  }
  return info;
}

Result<std::string> FileBlobStore::make_place(const std::string& sha256) const {
  std::string place = path_of(sha256);
  const std::string shelf = folder_of(place);
  if (mkdir(shelf.c_str(), 0750) == 0) {
    if (auto synced = sync_folder(folder_); !synced) return tl::unexpected(synced.error());
  } else if (errno != EEXIST) {
    return tl::unexpected(file_error("mkdir", shelf, errno));
  }
  return place;
}

Result<int> FileBlobStore::open(std::string_view sha256) {
  if (!is_hash(sha256)) {
    return core::fail(
        ErrorCode::kInvalidArgument, "blob-hash-invalid",
        {"ハッシュ値の形式が正しくありません。", "This is not a SHA-256 hash."},
        {"小文字の 16 進数 64 桁を指定してください。", "Give 64 lower-case hexadecimal digits."});
  }
  const std::string path = path_of(sha256);
  File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.get() >= 0) return file.release();
  if (errno != ENOENT) return tl::unexpected(file_error("open", path, errno));
  return core::fail(ErrorCode::kNotFound, "blob-not-found",
                    {"このファイルは保存されていません。", "This file is not kept here."},
                    {"データセットのページから最新のファイルをご確認ください。",
                     "Look for the current file on the page of its dataset."});
}

std::string FileBlobStore::path_of(std::string_view sha256) const {
  std::string path = folder_ + "/";
  path.append(sha256.substr(0, 2)).append("/").append(sha256.substr(2));
  return path;
}

}  // namespace minato::storage::files
