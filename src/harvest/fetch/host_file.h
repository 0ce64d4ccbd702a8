// The turn at one host among all processes: a locked file that remembers the last request.
#pragma once

#include <string>

#include "core/error.h"
#include "core/time.h"

namespace minato::harvest {

struct HostTimes {
  core::Timestamp last_request;  // when the last one ended, or began if its process died; 0: never
  core::Timestamp not_before;    // the host asked to be left alone until then; 0: it did not
};

// The lock goes with the object, and with the process however it ends. Files are never deleted.
class HostFile {
 public:
  // Opens (creates) the file of `origin`; does not lock it. Errors: storage-io, storage-full.
  static core::Result<HostFile> open(const std::string& directory, const std::string& origin);
  ~HostFile();
  HostFile(HostFile&& other) noexcept : fd_(other.fd_), path_(std::move(other.path_)) {
    other.fd_ = -1;
  }
  HostFile& operator=(HostFile&&) = delete;

  // False: somebody else has the lock. Does not wait.
  core::Result<bool> try_lock();
  // REQUIRES: locked. Unreadable contents count as "never".
  [[nodiscard]] HostTimes read() const;
  core::Result<void> write(const HostTimes& times);

 private:
  HostFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  int fd_;
  std::string path_;
};

}  // namespace minato::harvest
