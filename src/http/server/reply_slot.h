// The Responder the engine hands out: takes exactly one answer for one request.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

#include "http/message.h"
#include "http/server/mailbox.h"

namespace minato::http {

class ReplySlot final : public Responder {
 public:
  // Made on the reactor thread. An answer given on that thread before end_dispatch() is kept here
  // for it to take, without queue or lock; every other answer goes through the mailbox.
  ReplySlot(std::shared_ptr<Mailbox> mailbox, ConnectionId connection, std::uint64_t request);
  ~ReplySlot() override;  // unanswered: posts an Answer without a response

  void send(Response response) override;  // a second answer is dropped

  // The reactor thread, when the handler returned.
  std::optional<Response> end_dispatch();

 private:
  const std::shared_ptr<Mailbox> mailbox_;
  const ConnectionId connection_;
  const std::uint64_t request_;
  const std::thread::id reactor_ = std::this_thread::get_id();
  std::atomic<bool> answered_ = false;
  bool dispatching_ = true;         // reactor thread only
  std::optional<Response> answer_;  // reactor thread only
};

}  // namespace minato::http
