#include "storage/sqlite/tables/table_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "storage/files/blob_draft.h"
#include "storage/sqlite/tables/table_error.h"

namespace minato::storage::sqlite::tables {
namespace {

using core::ErrorCode;
using core::Result;
using files::file_error;
using files::sync_folder;

constexpr std::size_t kMaxIdBytes = 120;
// Between its creation and its lock a draft looks abandoned.
constexpr auto kYoung = std::chrono::minutes(1);

bool is_safe(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
         c == '_' || c == '-';
}

// True when it was made now.
Result<bool> make_folder(const std::string& folder) {
  if (mkdir(folder.c_str(), 0750) == 0) return true;
  if (errno == EEXIST) return false;
  return tl::unexpected(file_error("mkdir", folder, errno));
}

void remove_if_abandoned(const std::filesystem::path& path) {
  std::error_code gone;
  const auto written = std::filesystem::last_write_time(path, gone);
  if (gone || written > std::filesystem::file_time_type::clock::now() - kYoung) return;
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return;
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) std::filesystem::remove(path, gone);
  close(fd);
}

void remove_abandoned_drafts(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    remove_if_abandoned(entry->path());
  }
}

Result<void> make_path(const std::string& shelf, const std::string& folder,
                       const std::string& root) {
  const auto new_shelf = make_folder(shelf);
  if (!new_shelf) return tl::unexpected(new_shelf.error());
  const auto new_folder = make_folder(folder);
  if (!new_folder) return tl::unexpected(new_folder.error());
  if (*new_folder) {
    if (auto synced = sync_folder(shelf); !synced) return synced;
  }
  return *new_shelf ? sync_folder(root) : Result<void>();
}

// Within the kernel, which may share the blocks; by hand where the file system cannot.
Result<void> copy_bytes(int from, int to, const std::string& path) {
  bool by_hand = false;
  std::array<char, 256 * 1024> buffer{};
  while (true) {
    ssize_t done = 0;
    if (!by_hand) {
      done = copy_file_range(from, nullptr, to, nullptr, std::size_t{1} << 30U, 0);
      if (done < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS ||
                       errno == EOPNOTSUPP || errno == EPERM)) {
        by_hand = true;
        continue;
      }
    } else {
      done = read(from, buffer.data(), buffer.size());
      for (ssize_t put = 0; put < done;) {
        const ssize_t written =
            write(to, buffer.data() + put, static_cast<std::size_t>(done - put));
        if (written < 0 && errno != EINTR) return tl::unexpected(file_error("write", path, errno));
        if (written > 0) put += written;
      }
    }
    if (done == 0) return {};
    if (done < 0 && errno != EINTR) return tl::unexpected(file_error("copy", path, errno));
  }
}

core::Error version_taken(const TableKey& key) {
  core::Error error =
      core::fail(ErrorCode::kConflict, "table-version-taken",
                 {"この表は同時に更新されました。", "The table was changed at the same time."},
                 {"最新の表を取得してから、もう一度お試しください。",
                  "Get the newest version and try again."})
          .value();
  error.internal = key.table_id + " version " + std::to_string(key.version) + " has a file";
  return error;
}

}  // namespace

TableDraft::~TableDraft() {
  if (!path_.empty()) unlink(path_.c_str());
  if (lock_ >= 0) close(lock_);
}

void TableDraft::begin_writing_out() const {
  (void)sync_file_range(lock_, 0, 0, SYNC_FILE_RANGE_WRITE);
}

Result<TableFiles> TableFiles::open(const std::string& data_dir) {
  TableFiles opened(data_dir + "/tables");
  const std::string drafts = opened.folder_ + "/drafts";
  for (const auto& folder : {opened.folder_, drafts}) {
    if (auto made = make_folder(folder); !made) return tl::unexpected(made.error());
    if (faccessat(AT_FDCWD, folder.c_str(), R_OK | W_OK | X_OK, AT_EACCESS) != 0) {
      return tl::unexpected(file_error("access", folder, errno));
    }
  }
  remove_abandoned_drafts(drafts);
  return opened;
}

Result<void> TableFiles::check(const TableKey& key) {
  const std::string& id = key.table_id;
  if (!id.empty() && id.size() <= kMaxIdBytes && id.front() != '.' &&
      std::all_of(id.begin(), id.end(), is_safe) && key.version >= 0) {
    return {};
  }
  return core::fail(ErrorCode::kInvalidArgument, "table-id-invalid",
                    {"テーブルの ID が正しくありません。", "This is not the id of a table."},
                    {"リソースの ID を指定してください。", "Give the id of a resource."});
}

std::string TableFiles::folder_of(const TableKey& key) const {
  return folder_ + "/" + key.table_id.substr(0, 2) + "/" + key.table_id;
}

std::string TableFiles::path(const TableKey& key, TableFile file) const {
  return folder_of(key) + "/" + std::to_string(key.version) +
         (file == TableFile::kRows ? ".db" : ".text.db");
}

Result<TableDraft> TableFiles::draft() const {
  std::string path = folder_ + "/drafts/XXXXXX";
  const int fd = mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) return tl::unexpected(file_error("mkostemp", path, errno));
  TableDraft draft(path, fd);
  if (fchmod(fd, 0640) != 0) return tl::unexpected(file_error("fchmod", path, errno));
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) return tl::unexpected(file_error("flock", path, errno));
  return draft;
}

Result<TableDraft> TableFiles::draft_of(const TableKey& from) const {
  const std::string source = path(from, TableFile::kRows);
  const int fd = ::open(source.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 && errno == ENOENT) return tl::unexpected(version_missing(from));
  if (fd < 0) return tl::unexpected(file_error("open", source, errno));
  auto copy = draft();
  if (copy) {
    if (auto copied = copy_bytes(fd, copy->lock_, copy->path_); !copied) {
      copy = tl::unexpected(copied.error());
    }
  }
  ::close(fd);
  return copy;
}

Result<void> TableFiles::publish(TableDraft draft, const TableKey& key, TableFile file) const {
  if (fsync(draft.lock_) != 0) return tl::unexpected(file_error("fsync", draft.path_, errno));
  const std::string target = path(key, file);
  const std::string folder = folder_of(key);
  // remove() of another version may take the empty folder away in between.
  for (int attempt = 0; attempt < 3; ++attempt) {
    auto made = make_path(folder_ + "/" + key.table_id.substr(0, 2), folder, folder_);
    if (!made && made.error().code != ErrorCode::kUnavailable) return made;
    // A link never replaces; the draft's own name goes with it.
    const bool named = file == TableFile::kRows ? link(draft.path_.c_str(), target.c_str()) == 0
                                                : rename(draft.path_.c_str(), target.c_str()) == 0;
    if (named) {
      if (file != TableFile::kRows) draft.path_.clear();
      return sync_folder(folder);
    }
    if (errno == EEXIST) return tl::unexpected(version_taken(key));
    if (errno != ENOENT) break;
  }
  return tl::unexpected(file_error("link", target, errno));
}

Result<FileIdentity> TableFiles::identity(const TableKey& key, TableFile file) const {
  struct stat status {};
  const std::string target = path(key, file);
  if (stat(target.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return tl::unexpected(version_missing(key));
    return tl::unexpected(file_error("stat", target, errno));
  }
  return FileIdentity{status.st_ino,
                      status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec,
                      status.st_size};
}

Result<void> TableFiles::remove(const TableKey& key) const {
  for (const auto file : {TableFile::kRows, TableFile::kText}) {
    const std::string target = path(key, file);
    if (unlink(target.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
      return tl::unexpected(file_error("unlink", target, errno));
    }
  }
  rmdir(folder_of(key).c_str());  // fails while other versions are there, as it should
  return {};
}

std::string immutable_uri(const std::string& path) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    if (is_safe(c) || c == '/') {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri.append(1, '%').append(1, kHex[byte >> 4U]).append(1, kHex[byte & 15U]);
    }
  }
  return uri + "?immutable=1";
}

}  // namespace minato::storage::sqlite::tables
