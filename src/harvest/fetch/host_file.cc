#include "harvest/fetch/host_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <string_view>

#include "core/sha256.h"
#include "harvest/fetch/fetch_errors.h"

namespace minato::harvest {
namespace {

// "https_example.jp_8443-1a2b3c4d": readable, and one name for each origin.
std::string file_name(const std::string& origin) {
  std::string name;
  for (const char c : origin.substr(0, 100)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    if (plain || !name.ends_with('_')) name += plain ? c : '_';
  }
  return name + "-" + core::sha256_hex(origin).substr(0, 8);
}

}  // namespace

core::Result<HostFile> HostFile::open(const std::string& directory, const std::string& origin) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return tl::unexpected(file_error("mkdir", directory, error.value()));
  std::string path = directory + "/" + file_name(origin);
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
  if (fd < 0) return tl::unexpected(file_error("open", path, errno));
  return HostFile(fd, std::move(path));
}

HostFile::~HostFile() {
  if (fd_ >= 0) close(fd_);
}

core::Result<bool> HostFile::try_lock() {
  if (flock(fd_, LOCK_EX | LOCK_NB) == 0) return true;
  if (errno == EWOULDBLOCK || errno == EINTR) return false;
  return tl::unexpected(file_error("flock", path_, errno));
}

HostTimes HostFile::read() const {
  std::array<char, 64> buffer{};
  const ssize_t size = pread(fd_, buffer.data(), buffer.size(), 0);
  if (size <= 0) return {};
  const char* const end = buffer.data() + size;
  HostTimes times;
  const auto first = std::from_chars(buffer.data(), end, times.last_request.us);
  if (first.ec != std::errc() || first.ptr == end) return {};
  const auto second = std::from_chars(first.ptr + 1, end, times.not_before.us);
  return second.ec == std::errc() ? times : HostTimes{};
}

core::Result<void> HostFile::write(const HostTimes& times) {
  const std::string text =
      std::to_string(times.last_request.us) + " " + std::to_string(times.not_before.us) + "\n";
  if (pwrite(fd_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()) ||
      ftruncate(fd_, static_cast<off_t>(text.size())) != 0) {
    return tl::unexpected(file_error("write", path_, errno));
  }
  return {};
}

}  // namespace minato::harvest
