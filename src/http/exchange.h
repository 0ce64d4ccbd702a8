// One request on its way through the dispatcher.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/message.h"
#include "http/rate_limiter.h"
#include "http/request_fields.h"
#include "http/route.h"

namespace minato::http {

// Moves from the reactor thread to a pool thread at most once; never shared by two.
struct Exchange {
  std::shared_ptr<Request> request;
  std::shared_ptr<Responder> responder;
  std::chrono::steady_clock::time_point started;
  RequestFields fields = {};
  Coding coding = Coding::kIdentity;  // what the client takes
  const Route* route = nullptr;       // null until found
  RateDecision rate = {};
  std::optional<core::Error> fault = std::nullopt;  // who calls could not be looked up
  std::uint64_t revision = 0;                       // before the handler ran
  std::string canonical_target = {};  // the cache's second key; empty: this reply is not to be kept
  bool answered = false;

  // Replies to known users are nobody else's: not kept, and not taken from what is kept.
  [[nodiscard]] bool may_share() const { return request->caller.is_anonymous() && !fault; }
  [[nodiscard]] bool is_read() const {
    return request->method == "GET" || request->method == "HEAD";
  }
};

}  // namespace minato::http
