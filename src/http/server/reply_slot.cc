#include "http/server/reply_slot.h"

#include <utility>

namespace minato::http {

ReplySlot::ReplySlot(std::shared_ptr<Mailbox> mailbox, ConnectionId connection,
                     std::uint64_t request)
    : mailbox_(std::move(mailbox)), connection_(connection), request_(request) {}

ReplySlot::~ReplySlot() {
  if (!answered_) mailbox_->post({connection_, request_, std::nullopt});
}

void ReplySlot::send(Response response) {
  if (answered_.exchange(true)) return;
  if (std::this_thread::get_id() == reactor_ && dispatching_) {
    answer_ = std::move(response);
  } else {
    mailbox_->post({connection_, request_, std::move(response)});
  }
}

std::optional<Response> ReplySlot::end_dispatch() {
  dispatching_ = false;
  return std::exchange(answer_, std::nullopt);
}

}  // namespace minato::http
