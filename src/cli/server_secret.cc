#include "cli/server_secret.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "auth/hmac.h"

namespace minato::cli {

namespace {

constexpr std::size_t kBytes = 32;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<core::Error> unusable(const std::string& path, const std::string& why) {
  auto error =
      core::fail(core::ErrorCode::kInternal, "secret-unusable",
                 {path + " を使えません: " + why, "Cannot use " + path + ": " + why},
                 {"権限を確かめ、壊れているならバックアップから戻してください。削除すると作り"
                  "直されますが、発行済みのトークンが使えなくなり、監査ログは検証できなく"
                  "なります。",
                  "Check its permissions; if it is damaged, restore it from a backup. When "
                  "it is removed a new one is made, but then no token works any more and "
                  "the audit log cannot be verified."});
  return error;
}

// Written whole under another name first, so that nobody ever reads half a secret; link() keeps the
// one that came first.
bool make(const std::string& path) {
  const std::string draft = path + "." + std::to_string(::getpid());
  std::array<char, kBytes> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return false;
  {
    const Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0) return false;
    if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        ::fsync(file.get()) != 0) {
      ::unlink(draft.c_str());
      return false;
    }
  }
  const bool made = ::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
  ::unlink(draft.c_str());
  return made;
}

}  // namespace

core::Result<std::string> server_secret(const std::string& data_dir) {
  const std::string path = data_dir + "/secret.key";
  if (::access(path.c_str(), F_OK) != 0 && !make(path)) return unusable(path, std::strerror(errno));
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return unusable(path, std::strerror(errno));
  std::string secret(kBytes + 1, '\0');
  const ssize_t length = ::read(file.get(), secret.data(), secret.size());
  if (length != static_cast<ssize_t>(kBytes)) return unusable(path, "32 bytes expected");
  secret.resize(kBytes);
  return secret;
}

std::string derived_secret(std::string_view secret, std::string_view label) {
  return auth::hmac_sha256(secret, "minato " + std::string(label));
}

}  // namespace minato::cli
