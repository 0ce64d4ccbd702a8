#include "http/handlers/api_v1/cursor.h"

#include <cstddef>
#include <limits>
#include <optional>

namespace minato::http::api_v1 {
namespace {

constexpr std::size_t kNumberBytes = 8;

}  // namespace

std::string CursorCodec::encode(const Cursor& cursor, std::string_view query) const {
  std::string payload;
  append_number(payload, cursor.revision);
  append_number(payload, static_cast<std::uint64_t>(cursor.offset));
  payload += cursor.last_id;
  return signed_.seal(payload, query);
}

core::Result<Cursor> CursorCodec::decode(std::string_view text, std::string_view query) const {
  const std::optional<std::string> payload = signed_.open(text, query);
  if (!payload || payload->size() < 2 * kNumberBytes) return invalid_cursor(text);
  const std::uint64_t offset = number_at(*payload, kNumberBytes);
  if (offset > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return invalid_cursor(text);
  }
  return Cursor{number_at(*payload, 0), static_cast<std::int64_t>(offset),
                payload->substr(2 * kNumberBytes)};
}

}  // namespace minato::http::api_v1
