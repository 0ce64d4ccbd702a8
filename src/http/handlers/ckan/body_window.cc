#include "http/handlers/ckan/body_window.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace minato::http::ckan {
namespace {

constexpr std::size_t kStep = std::size_t{256} * 1024;

}  // namespace

core::Result<std::string_view> BodyWindow::view(std::uint64_t offset, std::size_t length) {
  const std::uint64_t rest = offset < body_.size ? body_.size - offset : 0;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(length, rest));
  if (!body_.spool) return std::string_view(body_.memory).substr(wanted == 0 ? 0 : offset, wanted);
  buffer_.resize(wanted);
  std::size_t have = 0;
  while (have < wanted) {
    const ssize_t got = ::pread(body_.spool.get(), buffer_.data() + have, wanted - have,
                                static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return core::fail_internal("cannot read a spooled request body");
    have += static_cast<std::size_t>(got);
  }
  return buffer_;
}

core::Result<std::optional<std::uint64_t>> BodyWindow::find(std::string_view text,
                                                            std::uint64_t offset) {
  while (offset < size()) {
    const auto some = view(offset, kStep + text.size());
    if (!some) return tl::unexpected(some.error());
    const auto at = some->find(text);
    if (at != std::string_view::npos) return offset + at;
    if (some->size() < kStep + text.size()) break;
    offset += kStep;
  }
  return std::nullopt;
}

}  // namespace minato::http::ckan
