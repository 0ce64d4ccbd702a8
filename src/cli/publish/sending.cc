#include "cli/publish/sending.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace minato::cli {

namespace {

using core::Result;

constexpr std::int64_t kPart = std::int64_t{16} << 20;

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      // Non-blocking: opening a pipe by mistake must not hang.
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<core::Error> unreadable(const std::string& path, const std::string& why) {
  return core::fail(
      core::ErrorCode::kNotFound, "publish-file-unreadable",
      {"ファイル " + path + " を読めません（" + why + "）。",
       "The file " + path + " cannot be read (" + why + ")."},
      {"ファイルの場所と権限を確かめてください。", "Check where the file is and its permissions."});
}

// Fills `part` from there on; shorter at the end of the file.
Result<void> read_part(int fd, std::int64_t offset, const std::string& path, std::string& part) {
  std::size_t filled = 0;
  while (filled < part.size()) {
    const ssize_t got = ::pread(fd, part.data() + filled, part.size() - filled,
                                offset + static_cast<std::int64_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(path, std::strerror(errno));
    if (got == 0) return unreadable(path, "it changed while it was read");
    filled += static_cast<std::size_t>(got);
  }
  return {};
}

}  // namespace

Result<service::StoredFile> send_file(const std::string& path, PublishCommand& command,
                                      FileProgress& progress) {
  const OpenFile file(path);
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
    return unreadable(path, std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) return unreadable(path, "not a regular file");
  service::Uploads& uploads = command.services.uploads;
  const core::Caller& caller = command.context.caller;
  auto upload = uploads.begin({path, {}, status.st_size, {}}, caller);
  if (!upload) return tl::unexpected(std::move(upload).error());
  const auto give_up = [&](core::Error error) {
    (void)uploads.abort(upload->id, caller);  // else it expires
    return tl::unexpected(std::move(error));
  };
  std::string part;
  for (std::int64_t sent = 0; sent < status.st_size;
       sent += static_cast<std::int64_t>(part.size())) {
    part.resize(static_cast<std::size_t>(std::min<std::int64_t>(kPart, status.st_size - sent)));
    if (auto read = read_part(file.get(), sent, path, part); !read) return give_up(read.error());
    auto appended = uploads.append(upload->id, sent,
                                   {-1, part, static_cast<std::int64_t>(part.size())}, {}, caller);
    if (!appended) return give_up(std::move(appended).error());
    progress.bytes(appended->received, status.st_size);
  }
  auto stored = uploads.complete(upload->id, caller);
  if (!stored) return give_up(std::move(stored).error());
  return stored;
}

}  // namespace minato::cli
