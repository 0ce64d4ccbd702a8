#include "http/server/body_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace minato::http {

FileDescriptor open_spool_file(const std::string& directory) {
  const int fd = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return FileDescriptor(fd);
  // File systems without O_TMPFILE: the same in two steps.
  std::string name = directory + "/minato-body-XXXXXX";
  FileDescriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file) ::unlink(name.c_str());
  return file;
}

void BodySink::begin(std::uint64_t max_bytes) {
  max_bytes_ = max_bytes;
  size_ = 0;
  buffer_.clear();
  spool_ = FileDescriptor();
}

Refusal BodySink::append(std::string_view bytes) {
  if (bytes.size() > max_bytes_ - size_) return refuse(413, "request body too large");
  size_ += bytes.size();
  if (buffer_.size() + bytes.size() <= spool_to_.from_bytes) {
    buffer_.append(bytes);
    return {};
  }
  if (!spool_) {
    if (auto refusal = open_spool()) return refusal;
  }
  if (auto refusal = write(buffer_)) return refusal;
  buffer_.clear();
  return write(bytes);
}

Refusal BodySink::open_spool() {
  spool_ = open_spool_file(spool_to_.directory);
  if (!spool_ && errno == ENOSPC) return refuse(507, "no space left for the request body");
  if (!spool_ || spool_.get() >= spool_to_.max_descriptor) {
    return refuse(503, "no file can be opened for the request body");
  }
  return {};
}

Refusal BodySink::finish(Body& body) {
  if (spool_) {
    if (auto refusal = write(buffer_)) return refusal;
    ::lseek(spool_.get(), 0, SEEK_SET);
    std::string().swap(buffer_);
  }
  body.memory = std::exchange(buffer_, {});
  body.spool = std::move(spool_);
  body.size = size_;
  return {};
}

Refusal BodySink::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(spool_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return refuse(507, "no space left for the request body");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Refusal BodySink::refuse(int status, std::string_view what) {
  std::string().swap(buffer_);
  spool_ = FileDescriptor();
  return {status, what};
}

}  // namespace minato::http
