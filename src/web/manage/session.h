// Sessions of the staff corner: what stands in the cookie, and the mark by which its forms are
// known.
//
// A cookie holds the id of the token it was begun with, never its text: what a thief finds in it
// ends with the session. It is sealed, so that nobody writes one but us, and sent to the staff
// corner only: one cookie for each of its two addresses, /manage and /en/manage.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "http/handlers/signed_text.h"

namespace minato::web {

struct Session {
  std::string token_id;
  std::string id;  // random
  core::Timestamp until;
};

// Immutable, so any thread may use it.
class Sessions {
 public:
  // REQUIRES: the same secret, not empty, wherever sessions are read.
  explicit Sessions(const std::string& secret);

  // One that lasts so long from now on.
  [[nodiscard]] static Session begin(std::string token_id, core::Timestamp now,
                                     std::int64_t seconds);
  // Of a Cookie header; empty when there is none, it was changed, or its time is over.
  [[nodiscard]] std::optional<Session> read(std::string_view cookies, core::Timestamp now) const;
  // Set-Cookie fields that give it to the browser for so many seconds.
  [[nodiscard]] std::vector<std::string> cookies(const Session& session,
                                                 std::int64_t seconds) const;
  // Set-Cookie fields that take it away.
  [[nodiscard]] static std::vector<std::string> no_cookies();

  // What every form of the session carries, so that no other site can send one in its name.
  [[nodiscard]] std::string form_token(const Session& session) const;
  [[nodiscard]] bool is_form_token(const Session& session, std::string_view text) const;

 private:
  http::SignedText seals_;
};

}  // namespace minato::web
