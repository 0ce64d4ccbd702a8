#include "harvest/fetch/body_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "harvest/fetch/fetch_errors.h"

namespace minato::harvest {

BodyWriter::~BodyWriter() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(path_.c_str());
}

core::Result<void> BodyWriter::open() {
  if (path_.empty()) return {};
  fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (fd_ < 0) return tl::unexpected(file_error("open", path_, errno));
  return {};
}

core::Result<void> BodyWriter::append(std::string_view bytes) {
  size_ += bytes.size();
  hash_.add(bytes);
  if (path_.empty()) {
    body_.append(bytes);
    return {};
  }
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(file_error("write", path_, errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

core::Result<void> BodyWriter::finish() {
  if (fd_ < 0) return {};
  const int failed = close(std::exchange(fd_, -1)) == 0 ? 0 : errno;
  if (failed == 0) return {};
  unlink(path_.c_str());
  return tl::unexpected(file_error("close", path_, failed));
}

}  // namespace minato::harvest
