// A request body through a window: the same for one in memory and one in a spool file of gigabytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "http/message.h"

namespace minato::http::ckan {

// Keeps a reference to the body. Not thread-safe.
class BodyWindow {
 public:
  explicit BodyWindow(const Body& body) : body_(body) {}

  [[nodiscard]] std::uint64_t size() const { return body_.size; }
  // At most `length` bytes from `offset` on, fewer only at the end. The view is good until the next
  // call.
  core::Result<std::string_view> view(std::uint64_t offset, std::size_t length);
  // Where `text` begins, at `offset` or behind it.
  core::Result<std::optional<std::uint64_t>> find(std::string_view text, std::uint64_t offset);

 private:
  const Body& body_;
  std::string buffer_;
};

}  // namespace minato::http::ckan
