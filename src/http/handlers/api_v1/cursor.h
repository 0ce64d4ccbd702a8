// Where a walk through the datasets goes on: opaque to clients, signed by us.
//
// A cursor is bound to its query (every parameter that decides which datasets come in which order;
// not to `limit`). It also remembers the catalogue's revision and the last dataset handed out, so a
// walk goes on at the right place when the catalogue has changed meanwhile: see dataset_list.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "http/handlers/signed_text.h"

namespace minato::http::api_v1 {

struct Cursor {
  std::uint64_t revision = 0;  // of the catalogue when the page before was made
  std::int64_t offset = 0;     // datasets handed out so far
  std::string last_id;         // of the page before
  bool operator==(const Cursor&) const = default;
};

// Immutable, so any thread may use it.
class CursorCodec {
 public:
  explicit CursorCodec(std::string secret) : signed_(std::move(secret)) {}  // SignedText's

  [[nodiscard]] std::string encode(const Cursor& cursor, std::string_view query) const;
  // kInvalidArgument "cursor-invalid" when it was changed, is not ours, or belongs to another
  // query.
  [[nodiscard]] core::Result<Cursor> decode(std::string_view text, std::string_view query) const;

 private:
  SignedText signed_;
};

}  // namespace minato::http::api_v1
