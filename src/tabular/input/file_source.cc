#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "tabular/input/byte_source.h"

namespace minato::tabular {
namespace {

// pread and not mmap: pages of a mapped file count as resident memory, and a file cut while it is
// read would be a signal instead of an error.
class FileSource final : public ByteSource {
 public:
  explicit FileSource(int descriptor) : descriptor_(descriptor) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { ::close(descriptor_); }

  core::Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (true) {
      const ssize_t got = ::pread(descriptor_, buffer, size, offset_);
      if (got >= 0) {
        offset_ += got;
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR) {
        return core::fail_internal("pread: " + std::generic_category().message(errno));
      }
    }
  }
  core::Result<void> rewind() override {
    offset_ = 0;
    return {};
  }

 private:
  int descriptor_;
  off_t offset_ = 0;
};

}  // namespace

core::Result<std::unique_ptr<ByteSource>> open_file_source(const std::string& path,
                                                           const ReadLimits& limits) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status {};
  const bool readable = descriptor >= 0 && ::fstat(descriptor, &status) == 0;
  if (!readable || !S_ISREG(status.st_mode)) {
    if (descriptor >= 0) ::close(descriptor);
    return core::fail(
        core::ErrorCode::kNotFound, "file-missing",
        {"ファイルがないか、読めません。", "The file does not exist or cannot be read."},
        {"ファイルの場所と読み取り権限を確かめてください。",
         "Check its path and that it may be read."});
  }
  auto source = std::make_unique<FileSource>(descriptor);
  if (static_cast<std::uint64_t>(status.st_size) > limits.max_bytes) {
    const std::string allowed = std::to_string(limits.max_bytes);
    return core::fail(core::ErrorCode::kTooLarge, "file-too-large",
                      {"ファイルが大きすぎます(上限 " + allowed + " バイト)。",
                       "The file is too large (at most " + allowed + " bytes)."},
                      {"ファイルを分けて公開してください。", "Publish it in parts."});
  }
  return source;
}

}  // namespace minato::tabular
